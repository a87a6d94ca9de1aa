package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Snapshot;
import dev.waybill.relay.cursor.Window;
import java.time.Instant;

/**
 * Where the rows of a window lie.
 *
 * @param firstLate the lowest seq among those of transactions that were in progress, else the
 *     highest number there is
 * @param first the lowest seq among the others, else the highest number there is
 * @param last the highest seq
 * @param size how many rows, or a few more
 * @param newest the highest transaction number
 */
record Bounds(long firstLate, long first, long last, long size, long newest) {
  /**
   * In a window that holds one in this many of the rows in its range, reading them all in order
   * costs less than looking the window's up by their transactions again for each page.
   */
  private static final int DENSE = 200;

  /** The lowest seq of all, else the highest number there is. */
  long start() {
    return Math.min(firstLate, first);
  }

  Window open(Snapshot upTo, Instant now) {
    long start = start();
    boolean dense = (double) last - start < (double) size * DENSE;
    return new Window(upTo, now, start - 1, last, dense ? start : first);
  }
}
