package dev.waybill.registry;

import org.jspecify.annotations.Nullable;

/**
 * The registry could not be used as asked. Its subclasses say what may be done about it; this class
 * itself means that an operator has to look, because the registry refused the request for a reason
 * that has nothing to do with the schema (401, 403 and the like) or answered what nobody
 * understands. Nothing is cached of a request that failed.
 */
public class RegistryException extends RuntimeException {
  private final int errorCode;

  RegistryException(String message, int errorCode, @Nullable Throwable cause) {
    super(message, cause);
    this.errorCode = errorCode;
  }

  /**
   * Whether {@code failure}, or what it wraps, is the registry's fault and not that of the value at
   * hand: an outage, wrong credentials, an answer that nobody understands. False for an id that the
   * registry does not know. Kafka's consumer and Streams wrap what a deserializer throws, so this
   * is how to tell a record to try again from a poison record.
   */
  public static boolean isCauseOf(@Nullable Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 50; depth++) {
      if (cause instanceof RegistryException) {
        return !(cause instanceof UnknownSchemaException);
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Confluent's {@code error_code} (40403, 42201…), else the HTTP status; 0 without an answer. */
  public int errorCode() {
    return errorCode;
  }
}
