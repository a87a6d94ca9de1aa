package dev.waybill.relay.lane;

import java.time.Duration;

/**
 * How long an idle lane waits before it reads again: a quarter of the time since it last had work,
 * from half a millisecond to a bound. A busy lane so adds little to the latency of an event, and a
 * quiet one costs little. Of one lane, hence of one thread.
 */
final class PollPacing {
  private static final long MIN_NANOS = 500_000;

  private final long maxNanos;
  private long lastWork;

  PollPacing(Duration max, long nowNanos) {
    this.maxNanos = max.toNanos();
    this.lastWork = nowNanos;
  }

  void worked(long nowNanos) {
    lastWork = nowNanos;
  }

  long pauseNanos(long nowNanos) {
    return Math.min(maxNanos, Math.max(MIN_NANOS, (nowNanos - lastWork) / 4));
  }
}
