package dev.waybill.producer.load;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a run is.
 *
 * @param sent requests begun
 * @param acknowledged requests that got their expected answer: so many events were appended
 * @param failed requests that did not, or were never sent because an earlier one of their order
 *     failed or the time was over
 * @param retried attempts after one that got no answer, or one that asked to be repeated
 * @param repeated requests sent twice on purpose, whose answers were the same
 * @param p50 of the time from when a request was due to its expected answer
 * @param p99 of the same
 * @param max of the same
 */
public record LoadProgress(
    long sent,
    long acknowledged,
    long failed,
    long retried,
    long repeated,
    Duration elapsed,
    Duration p50,
    Duration p99,
    Duration max) {

  /** Acknowledged requests per second so far. */
  public double rate() {
    return acknowledged / Math.max(1e-3, elapsed.toNanos() / 1e9);
  }

  /** As one line. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%6.1f s  sent %s  ok %s  failed %s  retried %s  repeated %s  %.1f/s  p50 %s  p99 %s",
        elapsed.toNanos() / 1e9,
        sent,
        acknowledged,
        failed,
        retried,
        repeated,
        rate(),
        millis(p50),
        millis(p99));
  }

  static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
  }
}
