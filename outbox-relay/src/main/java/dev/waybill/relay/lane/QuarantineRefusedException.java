package dev.waybill.relay.lane;

/** An event cannot be let pass; nothing was changed. The message says why. */
public final class QuarantineRefusedException extends RuntimeException {
  /** With what is in the way, in words. */
  public QuarantineRefusedException(String message) {
    super(message);
  }
}
