package dev.waybill.relay.cursor;

import org.jspecify.annotations.Nullable;

/** A cursor record is there but cannot be read. The lane stays stopped: it never starts over. */
public final class UnreadableCursorException extends RuntimeException {
  public UnreadableCursorException(String message, @Nullable Throwable cause) {
    super("cannot read the cursor: " + message, cause);
  }
}
