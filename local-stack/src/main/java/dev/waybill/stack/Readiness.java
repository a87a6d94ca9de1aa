package dev.waybill.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What a service says of itself. */
public final class Readiness {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(LIMIT).build();

  private Readiness() {}

  /**
   * Asks {@code /health/ready}.
   *
   * @param url of the service
   * @return empty when it is ready, else why it is not
   */
  public static String of(String url) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/health/ready")).timeout(LIMIT).build();
    try {
      var response = HTTP.send(request, BodyHandlers.ofString());
      return response.statusCode() == 200 ? "" : response.body();
    } catch (IOException noAnswer) {
      return "no answer";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
