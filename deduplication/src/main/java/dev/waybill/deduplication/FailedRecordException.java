package dev.waybill.deduplication;

/** Something was away that this record needs. It was not consumed, and is to be tried again. */
public final class FailedRecordException extends RuntimeException {
  private final String record;

  FailedRecordException(Attempts.Place place, Throwable cause) {
    super(place + ": " + cause, cause);
    this.record = place.toString();
  }

  /** Where the record is, {@code topic-partition@offset}. */
  public String record() {
    return record;
  }
}
