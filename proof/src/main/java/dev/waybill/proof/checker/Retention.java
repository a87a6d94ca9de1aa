package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Run;
import java.time.Duration;
import java.util.UUID;

/**
 * Which events B can be asked about by their ids: it remembers an id for seven days from the time
 * that is in it. Of an event whose id A's clock has dated further back, B takes the effect once, as
 * of any other, and knows a copy by its version; but it does not remember the id, counts no
 * duplicates of it, and finds no contradiction to it.
 */
final class Retention {
  private static final Duration B_REMEMBERS = Duration.ofDays(7);
  private static final int TIME_SHIFT = 16;

  private Retention() {}

  static boolean covers(UUID event, Run run) {
    long millis = event.getMostSignificantBits() >>> TIME_SHIFT;
    return event.version() != 7 || millis >= run.began() - B_REMEMBERS.toMillis();
  }
}
