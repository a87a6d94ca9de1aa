package dev.waybill.registry;

import org.jspecify.annotations.Nullable;

/**
 * The registry did not answer, or answered that it cannot now (5xx, 429), on any of its addresses
 * and after every attempt. Retriable: the same call may succeed later, and a record met meanwhile
 * is not undecodable. Kafka's consumer and Streams wrap what a deserializer throws, so use {@link
 * #isCauseOf} to tell an outage from a poison record.
 */
public final class RegistryUnavailableException extends RegistryException {
  RegistryUnavailableException(String message, int errorCode, @Nullable Throwable cause) {
    super(message, errorCode, cause);
  }

  /** Whether {@code failure}, or what it wraps, is an outage of the registry. */
  public static boolean isCauseOf(@Nullable Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 50; depth++) {
      if (cause instanceof RegistryUnavailableException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
