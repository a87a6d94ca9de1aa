package dev.waybill.relay.cursor;

/**
 * The rest of a window that is larger than a page: the rows that {@code upTo} shows and the
 * cursor's snapshot does not, with a seq above {@code afterSeq} and at most {@code lastSeq}.
 *
 * <p>Two snapshots fix which rows belong to it, and all of them have committed, so its pages can be
 * read in any number of transactions, also after a restart.
 *
 * @param upTo the snapshot that closes the window
 * @param afterSeq the last seq already published
 * @param lastSeq the highest seq in the window
 */
public record Window(Snapshot upTo, long afterSeq, long lastSeq) {

  /** What is left after the rows up to {@code seq}. */
  public Window after(long seq) {
    return new Window(upTo, seq, lastSeq);
  }
}
