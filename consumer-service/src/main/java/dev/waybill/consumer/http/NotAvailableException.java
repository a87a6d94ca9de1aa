package dev.waybill.consumer.http;

import org.jspecify.annotations.Nullable;

/** The answer exists but cannot be had now: stores are moving, restoring or not yet open. */
public final class NotAvailableException extends RuntimeException {
  /** With the reason in words. */
  public NotAvailableException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
