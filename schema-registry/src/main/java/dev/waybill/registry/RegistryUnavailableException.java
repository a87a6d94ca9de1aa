package dev.waybill.registry;

import org.jspecify.annotations.Nullable;

/**
 * The registry did not answer, or answered that it cannot now (5xx, 429, 408), on any of its
 * addresses and after every attempt. Retriable: the same call may succeed later, and a record met
 * meanwhile is not undecodable ({@link RegistryException#isCauseOf}).
 */
public final class RegistryUnavailableException extends RegistryException {
  RegistryUnavailableException(String message, int errorCode, @Nullable Throwable cause) {
    super(message, errorCode, cause);
  }
}
