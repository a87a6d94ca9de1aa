package dev.waybill.deduplication;

import org.jspecify.annotations.Nullable;

/** This value can never be decoded by this program. The message says why. */
public final class NotDecodableException extends Exception {
  public NotDecodableException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
