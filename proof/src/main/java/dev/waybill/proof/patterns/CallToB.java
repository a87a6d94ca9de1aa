package dev.waybill.proof.patterns;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Tells B over HTTP. A step on the way is {@link #ANSWERED}. Thread-safe. */
public final class CallToB {
  /** B has said that it took it. */
  public static final String ANSWERED = "B answered";

  /** The caller's time-out. */
  public static final Duration PATIENCE = Duration.ofSeconds(2);

  private final URI b;
  private final Steps steps;
  private final HttpClient http =
      HttpClient.newBuilder().version(Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  public CallToB(URI b, Steps steps) {
    this.b = b;
    this.steps = steps;
  }

  /**
   * Calls once; blocks until B has answered.
   *
   * @throws IOException when B could not be reached, answered anything but 200, or nothing in time;
   *     it may have taken it all the same
   */
  public void tell(Booking booking) throws IOException, InterruptedException {
    steps.note("call to B begun", booking.id());
    try {
      HttpRequest request =
          HttpRequest.newBuilder(b)
              .timeout(PATIENCE)
              .POST(BodyPublishers.ofString(booking.text()))
              .build();
      HttpResponse<Void> answer = http.send(request, BodyHandlers.discarding());
      if (answer.statusCode() != 200) {
        throw new IOException("B answered " + answer.statusCode());
      }
    } catch (IOException failure) {
      String reason = failure.getMessage();
      steps.note("call to B failed (" + (reason == null ? failure : reason) + ")", booking.id());
      throw failure;
    }
    steps.at(ANSWERED, booking.id());
  }
}
