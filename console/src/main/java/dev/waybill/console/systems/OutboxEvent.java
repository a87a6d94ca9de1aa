package dev.waybill.console.systems;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the outbox, without its payload.
 *
 * @param traceparent as the header has it; null without one
 */
public record OutboxEvent(
    long seq,
    int slot,
    long xid,
    UUID eventId,
    String aggregateType,
    String aggregateId,
    long version,
    String type,
    boolean tombstone,
    Instant occurredAt,
    @Nullable String traceparent) {

  /** When its id was made, or, of an id that does not tell, when it occurred. */
  public Instant idTime() {
    return EventIds.time(eventId).orElse(occurredAt);
  }
}
