package dev.waybill.relay.topic;

import org.jspecify.annotations.Nullable;

/**
 * No record can be made of a row, however often it is tried: somebody has to put the row right. The
 * message says what is wrong with it, not which row it is. Nothing was sent.
 */
public final class UnusableEventException extends RuntimeException {
  UnusableEventException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
