package dev.waybill.relay.source;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code outbox_event}, as far as publishing needs it.
 *
 * @param aggregateId in UTF-8, as it becomes the record's key
 * @param schemaId of {@code outbox_schema}; null exactly when the payload is
 * @param payload plain Avro; null is a tombstone
 * @param headers JSON, an object of text values if a writer of Waybill's wrote it
 * @param occurredAt null when it lies outside the years 0 to 9999, in which no reader could use it
 * @param flaw why no record can be made of it, or null when one can; what was too large to be read
 *     is then missing or shortened
 */
@SuppressWarnings("ArrayRecordComponent") // rows are never compared
public record OutboxRow(
    long seq,
    UUID eventId,
    byte[] aggregateId,
    long aggregateVersion,
    String eventType,
    @Nullable Integer schemaId,
    byte @Nullable [] payload,
    String headers,
    @Nullable Instant occurredAt,
    @Nullable String flaw) {

  /** Without what it holds, and with another name of its type. */
  public OutboxRow named(String newEventType) {
    return new OutboxRow(
        seq,
        eventId,
        aggregateId,
        aggregateVersion,
        newEventType,
        null,
        null,
        "{}",
        occurredAt,
        flaw);
  }

  OutboxRow withPayload(byte[] newPayload) {
    return new OutboxRow(
        seq,
        eventId,
        aggregateId,
        aggregateVersion,
        eventType,
        schemaId,
        newPayload,
        headers,
        occurredAt,
        flaw);
  }
}
