package dev.waybill.consumer.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.apache.kafka.streams.state.HostInfo;

/** Asks other instances. A question that was passed on once is not passed on again. */
final class Peers {
  /** The header that says so. */
  static final String PASSED_ON = "X-Waybill-Passed-On";

  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();

  /** Another instance's answer. */
  record Answer(int status, String contentType, String body) {}

  /**
   * What it answers to this path. Blocks for two seconds at most.
   *
   * @throws NotAvailableException when it does not answer
   */
  Answer ask(HostInfo host, String path) {
    String address = host.host() + ":" + host.port();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + path))
            .timeout(LIMIT)
            .header(PASSED_ON, "1")
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse("application/json"),
          response.body());
    } catch (IOException away) {
      throw new NotAvailableException("the instance at " + address + " does not answer", away);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new NotAvailableException("this instance is stopping", stopping);
    }
  }
}
