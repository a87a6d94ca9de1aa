package dev.waybill.relay.cursor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a lane has published: everything that {@code seen} shows, and of an open window what lies
 * up to its {@code afterSeq}.
 *
 * <p>No snapshot in a cursor reaches further than the newest transaction whose row was read. That
 * one's commit is on disk, so that its number and those before it are never given out again. The
 * numbers after it may be: PostgreSQL repeats, after a crash, those of which no trace reached the
 * disk.
 *
 * @param database whose transaction numbers the snapshots hold
 * @param seen the snapshot up to which everything is published
 * @param window the window being published, or null between windows
 * @param readAt when {@code seen} was taken; a rewind counts back from here
 * @param importedSeq rows up to this seq were published although their transaction numbers lie in
 *     the future, because a dump brought them from another cluster; they are never new again. 0
 *     when there are none
 * @param landmark the last row published, or null when there is none
 */
public record Cursor(
    DatabaseIdentity database,
    Snapshot seen,
    @Nullable Window window,
    Instant readAt,
    long importedSeq,
    @Nullable Landmark landmark) {

  /** The highest transaction number the cursor has met. */
  public long xmax() {
    return window == null ? seen.xmax() : Math.max(seen.xmax(), window.upTo().xmax());
  }

  /** With what is known of the database now, which has the same history. */
  public Cursor in(DatabaseIdentity same) {
    return new Cursor(same, seen, window, readAt, importedSeq, landmark);
  }

  /** Once everything that the snapshot shows is published. */
  public Cursor at(Snapshot newSeen, Instant newReadAt) {
    return new Cursor(database, newSeen, null, newReadAt, importedSeq, landmark);
  }

  /** With this much of a window left. */
  public Cursor within(Window rest) {
    return new Cursor(database, seen, rest, readAt, importedSeq, landmark);
  }

  /** With another row published last. */
  public Cursor past(Landmark newLandmark) {
    return new Cursor(database, seen, window, readAt, importedSeq, newLandmark);
  }
}
