package dev.waybill.proof.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What services answer, whatever the status: one that is not ready says why. */
public final class HttpAnswers {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private HttpAnswers() {}

  public static String get(String url) throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }

  /** Waits until the answer contains all of the texts. */
  public static void awaitTexts(String url, String... texts) {
    await()
        .atMost(Servers.LIMIT)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertThat(get(url)).contains(texts));
  }
}
