package dev.waybill.relay.cursor;

import java.time.Instant;

/**
 * The rest of a window that is larger than a page: the rows that {@code upTo} shows and the
 * cursor's snapshot does not, with a seq above {@code afterSeq} and at most {@code lastSeq}.
 *
 * <p>Two snapshots fix which rows belong to it, and all of them have committed, so its pages can be
 * read in any number of transactions, also after a restart.
 *
 * @param upTo the snapshot that closes the window
 * @param openedAt when that snapshot was taken
 * @param afterSeq the last seq already published
 * @param lastSeq no row of the window has a higher seq
 * @param denseFrom from this seq on, so many rows belong to the window that they are read in order
 *     of seq; the few before it, far apart, are found by their transactions
 */
public record Window(Snapshot upTo, Instant openedAt, long afterSeq, long lastSeq, long denseFrom) {

  /** What is left after the rows up to {@code seq}. */
  public Window after(long seq) {
    return new Window(upTo, openedAt, seq, lastSeq, denseFrom);
  }
}
