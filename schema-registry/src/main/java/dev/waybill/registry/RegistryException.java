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

  /** Confluent's {@code error_code} (40403, 42201…), else the HTTP status; 0 without an answer. */
  public int errorCode() {
    return errorCode;
  }
}
