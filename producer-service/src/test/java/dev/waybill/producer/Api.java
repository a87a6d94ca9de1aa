package dev.waybill.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A client of the service, as a person would write one. */
final class Api {
  static final String CUSTOMER = "018f2f6e-7d2a-7c3e-9b1a-3f5d8e6c4b2a";
  static final String ORDER =
      """
      {"customerId": "%s", "currency": "EUR", "lines": [
        {"sku": "tea", "quantity": 2, "unitPrice": 4.5},
        {"sku": "pot", "quantity": 1, "unitPrice": "19.9900"}]}
      """
          .formatted(CUSTOMER);
  static final String PAY = "{\"paymentReference\": \"pay-1\"}";
  static final String SHIP = "{\"carrier\": \"DHL\", \"trackingNumber\": \"JD014\"}";
  static final String CANCEL = "{\"reason\": \"changed my mind\"}";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;

  Api(int port) {
    this.port = port;
  }

  /** An answer, with what tests ask of it. */
  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(response.body(), e);
      }
    }

    String id() {
      return json().path("id").textValue();
    }

    Answer is(int status) {
      assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
      return this;
    }

    Answer isProblem(int status) {
      is(status);
      assertThat(header("content-type")).startsWith("application/problem+json");
      assertThat(json().path("status").intValue()).isEqualTo(status);
      assertThat(json().path("title").textValue()).isNotBlank();
      return this;
    }

    /** Everything that a repeated request must get again. */
    String identity() {
      return status() + " " + header("location") + " " + response.body();
    }
  }

  Answer place() {
    return post("/orders", ORDER).is(201);
  }

  Answer get(String path) {
    return send(request(path));
  }

  Answer delete(String path, String... headers) {
    return send(withHeaders(request(path).DELETE(), headers));
  }

  Answer post(String path, String body, String... headers) {
    return send(posting(path, body, headers));
  }

  CompletableFuture<Answer> postLater(String path, String body, String... headers) {
    return HTTP.sendAsync(posting(path, body, headers).build(), BodyHandlers.ofString())
        .thenApply(Answer::new);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder posting(String path, String body, String... headers) {
    HttpRequest.Builder post =
        request(path).POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    return withHeaders(post.header("content-type", "application/json"), headers);
  }

  private static HttpRequest.Builder withHeaders(HttpRequest.Builder request, String... headers) {
    return headers.length == 0 ? request : request.headers(headers);
  }

  static String newKey() {
    return "key-" + UUID.randomUUID();
  }
}
