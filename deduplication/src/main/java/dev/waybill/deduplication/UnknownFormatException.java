package dev.waybill.deduplication;

/**
 * A store holds what this version of the program does not know, a later one's for instance. No
 * record is to blame, and none becomes a dead letter of it: the application has to stop.
 */
public final class UnknownFormatException extends IllegalStateException {
  public UnknownFormatException(String message) {
    super(message);
  }

  static boolean isCauseOf(Throwable failure) {
    return Outages.causes(failure).anyMatch(UnknownFormatException.class::isInstance);
  }
}
