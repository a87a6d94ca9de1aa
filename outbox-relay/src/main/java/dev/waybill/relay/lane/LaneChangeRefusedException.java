package dev.waybill.relay.lane;

/** The number of lanes cannot be changed now; the message says why, and what to do. */
public final class LaneChangeRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LaneChangeRefusedException(String message) {
    super(message);
  }
}
