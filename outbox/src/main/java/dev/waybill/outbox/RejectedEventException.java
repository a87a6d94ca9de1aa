package dev.waybill.outbox;

import org.jspecify.annotations.Nullable;

/**
 * An event that could never be delivered was refused at the door: no statement was sent to the
 * database, and no event of the same call was written. The transaction is untouched and may go on.
 */
public final class RejectedEventException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** What was wrong with the event. */
  public enum Reason {
    /** Missing, or not a UUID of version 7. */
    EVENT_ID,
    /** Missing, blank, too long, or text that PostgreSQL or UTF-8 cannot hold. */
    AGGREGATE_TYPE,
    /** Missing, blank, too long, or text that PostgreSQL or UTF-8 cannot hold. */
    AGGREGATE_ID,
    /** Below 1. */
    AGGREGATE_VERSION,
    /** Missing, blank, too long, or text that PostgreSQL or UTF-8 cannot hold. */
    EVENT_TYPE,
    /** Missing, reserved, too large, or text that PostgreSQL or UTF-8 cannot hold. */
    HEADERS,
    /** Before 1970, which Kafka refuses as a timestamp, or after 9999. */
    OCCURRED_AT,
    /** The payload's schema is none of those the outbox was opened with. */
    SCHEMA_UNKNOWN,
    /** Larger than {@link OutboxSettings#maxPayloadBytes()}. */
    PAYLOAD_TOO_LARGE,
    /** Does not conform to its own schema. */
    PAYLOAD_INVALID
  }

  private final Reason reason;

  RejectedEventException(Reason reason, String message) {
    this(reason, message, null);
  }

  RejectedEventException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
