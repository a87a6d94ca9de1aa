package dev.waybill.registry;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What went wrong with each address, for the one exception at the end. */
final class Attempts {
  private final String request;
  private final Set<String> reasons = new LinkedHashSet<>();
  private int count;
  private int lastErrorCode;
  private @Nullable Throwable lastCause;

  Attempts(String request) {
    this.request = request;
  }

  void add(int errorCode, String reason, @Nullable Throwable cause) {
    count++;
    reasons.add(reason);
    lastErrorCode = errorCode;
    lastCause = cause;
  }

  RegistryUnavailableException giveUp(@Nullable InterruptedException interrupted) {
    String message =
        "%s: the schema registry does not answer after %s attempts%s: %s"
            .formatted(
                request,
                count,
                interrupted == null ? "" : " (interrupted)",
                String.join("; ", reasons));
    return new RegistryUnavailableException(
        message, lastErrorCode, interrupted == null ? lastCause : interrupted);
  }
}
