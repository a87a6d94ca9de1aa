package dev.waybill.relay.lane;

import java.time.Duration;

/**
 * How long a lane waits before it tries again: 100 ms doubling to 5 s for what may pass by itself,
 * a second where somebody has fenced it, who is to get done what he wants, 10 s for what only a
 * person can put right. Of one lane, hence of one thread.
 */
final class RetryPause {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LAST = Duration.ofSeconds(5);
  private static final Duration AFTER_OTHERS = Duration.ofSeconds(1);
  private static final Duration FOR_A_PERSON = Duration.ofSeconds(10);

  private Duration next = FIRST;

  /** The lane made progress. */
  void reset() {
    next = FIRST;
  }

  Duration next(LaneFailure failure) {
    if (failure.kind().needsAPerson()) {
      return FOR_A_PERSON;
    }
    if (failure.kind() == LaneFailure.Kind.FENCED) {
      return AFTER_OTHERS;
    }
    Duration pause = next;
    next = pause.multipliedBy(2).compareTo(LAST) < 0 ? pause.multipliedBy(2) : LAST;
    return pause;
  }
}
