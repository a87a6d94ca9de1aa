package dev.waybill.relay.cursor;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate whose events wait, because its first unpublished one is refused.
 *
 * @param aggregateId all rows of the lane with this id wait, whatever their type: they share a key
 * @param firstSeq no row of it from here on is published, and every one before is
 * @param eventId the event that is refused
 * @param occurredAt when that occurred; null when nobody can say
 * @param cause the kind of refusal, as metrics have it
 * @param reason why it is refused, in words, shortened
 */
public record WaitingAggregate(
    String aggregateId,
    long firstSeq,
    UUID eventId,
    @Nullable Instant occurredAt,
    String cause,
    String reason) {
  private static final int REASON_CHARACTERS = 300;

  public WaitingAggregate {
    Objects.requireNonNull(aggregateId, "a waiting aggregate needs an aggregateId");
    Objects.requireNonNull(eventId, "a waiting aggregate needs an eventId");
    Objects.requireNonNull(cause, "a waiting aggregate needs a cause");
    Objects.requireNonNull(reason, "a waiting aggregate needs a reason");
    reason = reason.substring(0, Math.min(reason.length(), REASON_CHARACTERS));
  }

  /** With every row of it unpublished. */
  public WaitingAggregate fromTheBeginning() {
    return new WaitingAggregate(aggregateId, Long.MIN_VALUE, eventId, occurredAt, cause, reason);
  }

  /** From behind the refused event on, because a person let that one pass. */
  WaitingAggregate behindIt() {
    return new WaitingAggregate(
        aggregateId,
        firstSeq + 1,
        eventId,
        occurredAt,
        cause,
        "event %s is quarantined, those behind it come next".formatted(eventId));
  }

  /** One line for a person. */
  @Override
  public String toString() {
    return "aggregate %s waits since event %s (seq %s): %s"
        .formatted(aggregateId, eventId, firstSeq, reason);
  }
}
