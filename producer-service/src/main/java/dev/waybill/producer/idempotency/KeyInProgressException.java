package dev.waybill.producer.idempotency;

import org.jspecify.annotations.Nullable;

/** Another request with the key did not finish in time to be waited for; nothing was written. */
public final class KeyInProgressException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyInProgressException(String key, @Nullable Throwable cause) {
    super("another request with the key " + key + " is still in progress", cause);
  }
}
