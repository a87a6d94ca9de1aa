package dev.waybill.relay.cursor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a lane has published: everything that {@code seen} shows, and of an open window what lies
 * up to its {@code afterSeq}.
 *
 * @param database whose transaction numbers the snapshots hold
 * @param seen the snapshot up to which everything is published
 * @param window the window being published, or null between windows
 * @param readAt when the page before this cursor was read; a rewind counts back from here
 */
public record Cursor(
    DatabaseIdentity database, Snapshot seen, @Nullable Window window, Instant readAt) {

  /** The highest transaction number the cursor has met. */
  public long xmax() {
    return window == null ? seen.xmax() : Math.max(seen.xmax(), window.upTo().xmax());
  }
}
