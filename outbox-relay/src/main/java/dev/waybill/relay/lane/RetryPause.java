package dev.waybill.relay.lane;

import dev.waybill.registry.SchemaRejectedException;
import dev.waybill.relay.cursor.UnreadableCursorException;
import dev.waybill.relay.source.StandbyException;
import java.time.Duration;

/**
 * How long a lane waits before it tries again: 100 ms doubling to 5 s for what is away; 10 s for
 * what only a person can put right; and for a fenced lane longer than a heartbeat, so that an owner
 * that lost the lane hears of it before it would fence the new one. Of one lane, hence of one
 * thread.
 */
final class RetryPause {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LAST = Duration.ofSeconds(5);
  private static final Duration FOR_A_PERSON = Duration.ofSeconds(10);
  private static final Duration FENCED = Duration.ofSeconds(3);

  private Duration next = FIRST;

  void reset() {
    next = FIRST;
  }

  Duration next(Exception failure) {
    if (failure instanceof SchemaRejectedException
        || failure instanceof UnreadableCursorException
        || failure instanceof StandbyException) {
      return FOR_A_PERSON;
    }
    if (Lane.fenced(failure)) {
      return FENCED;
    }
    Duration pause = next;
    next = pause.multipliedBy(2).compareTo(LAST) < 0 ? pause.multipliedBy(2) : LAST;
    return pause;
  }
}
