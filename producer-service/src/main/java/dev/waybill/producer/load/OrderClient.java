package dev.waybill.producer.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Sends requests, again and again with the same key until each has its answer. A connection that
 * breaks says nothing about whether the change was made: the key makes it safe to ask again.
 * Thread-safe; blocks.
 */
final class OrderClient {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI url;
  private final Duration retryFor;
  private final long deadlineNanos;
  private final LoadMeters meters;
  private final Consumer<Attempt> attempts;

  OrderClient(
      URI url,
      Duration retryFor,
      long deadlineNanos,
      LoadMeters meters,
      Consumer<Attempt> attempts) {
    this.url = url;
    this.retryFor = retryFor;
    this.deadlineNanos = deadlineNanos;
    this.meters = meters;
    this.attempts = attempts;
  }

  Reply send(Step step, String path, String key, String body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path + step.pathSuffix))
            .timeout(ANSWER_TIMEOUT)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .method(step.method, BodyPublishers.ofString(body))
            .build();
    long giveUpNanos = Math.min(System.nanoTime() + retryFor.toNanos(), deadlineNanos);
    long pauseMillis = FIRST_PAUSE_MILLIS;
    Reply reply = once(request, key);
    while (reply.maybeLater() && System.nanoTime() < giveUpNanos) {
      Thread.sleep(pauseMillis);
      pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
      meters.retried();
      reply = once(request, key);
    }
    return reply;
  }

  private Reply once(HttpRequest request, String key) throws InterruptedException {
    Instant at = Instant.now();
    long begun = System.nanoTime();
    Reply reply = answer(request);
    attempts.accept(
        new Attempt(
            at,
            Duration.ofNanos(System.nanoTime() - begun),
            key,
            request.method(),
            request.uri().getPath(),
            reply.status(),
            reply.status() == 0 ? "" : reply.body()));
    return reply;
  }

  private Reply answer(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return new Reply(
          response.statusCode(),
          response.headers().firstValue("Location").orElse(""),
          response.body(),
          response.headers().firstValue("Retry-After").isPresent());
    } catch (IOException away) {
      return Reply.none(String.valueOf(away));
    }
  }
}
