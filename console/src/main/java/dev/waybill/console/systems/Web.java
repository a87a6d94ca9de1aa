package dev.waybill.console.systems;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.waybill.runtime.ServiceServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** Asks the services over HTTP, with limits of time and size. Safe for use by many threads. */
final class Web {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 32 << 20;

  private final JsonMapper json = ServiceServer.json();
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_LIMIT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** What a service answered; missing where the body is no JSON. */
  record Answer(int status, JsonNode body) {

    /** What a refusal says. */
    String detail() {
      String detail = body.path("detail").asText();
      return detail.isEmpty() ? "it answers " + status : detail;
    }
  }

  /**
   * What it answers to a path.
   *
   * @throws AwayException when it does not answer, or with more than {@value #MOST_BYTES} bytes
   */
  Answer get(String system, String url, String path) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).timeout(LIMIT).build();
    byte[] body = null;
    HttpResponse<InputStream> response = send(system, url, request);
    try (InputStream stream = response.body()) {
      body = stream.readNBytes(MOST_BYTES);
      if (body.length == MOST_BYTES) {
        throw new AwayException(system, url + " answers more than is read");
      }
    } catch (IOException broken) {
      throw new AwayException(system, url + " broke off its answer");
    }
    return new Answer(response.statusCode(), parsed(body));
  }

  /**
   * The text that it answers to a path.
   *
   * @throws AwayException when it does not answer 200
   */
  String text(String system, String url, String path) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).timeout(LIMIT).build();
    HttpResponse<InputStream> response = send(system, url, request);
    try (InputStream stream = response.body()) {
      if (response.statusCode() != 200) {
        throw new AwayException(system, url + path + " answers " + response.statusCode());
      }
      return new String(stream.readNBytes(MOST_BYTES), UTF_8);
    } catch (IOException broken) {
      throw new AwayException(system, url + " broke off its answer");
    }
  }

  /**
   * Sends a request that changes something.
   *
   * @param token of the service's own; in no message
   * @throws AwayException when it does not answer; then nobody knows what it did
   */
  Answer post(String system, String url, String path, JsonNode body, String token) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    HttpResponse<InputStream> response = send(system, url, request);
    try (InputStream stream = response.body()) {
      return new Answer(response.statusCode(), parsed(stream.readNBytes(MOST_BYTES)));
    } catch (IOException broken) {
      throw new AwayException(system, url + " broke off its answer");
    }
  }

  private HttpResponse<InputStream> send(String system, String url, HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (HttpTimeoutException late) {
      throw new AwayException(system, url + " does not answer in time");
    } catch (ConnectException refused) {
      throw new AwayException(system, "nobody answers at " + url);
    } catch (IOException failure) {
      throw new AwayException(system, url + " broke off: " + failure.getMessage());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new AwayException(system, "the console is stopping");
    }
  }

  private JsonNode parsed(byte[] body) {
    try {
      JsonNode found = json.readTree(new String(body, UTF_8));
      return found == null ? MissingNode.getInstance() : found;
    } catch (JsonProcessingException noJson) {
      return MissingNode.getInstance();
    }
  }
}
