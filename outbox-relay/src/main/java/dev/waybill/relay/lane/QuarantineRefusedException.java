package dev.waybill.relay.lane;

/** An event cannot be let pass; nothing was changed. The message says why. */
public final class QuarantineRefusedException extends RuntimeException {
  QuarantineRefusedException(String message) {
    super(message);
  }
}
