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
 * @param headers JSON object of text values
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
    Instant occurredAt) {

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
        occurredAt);
  }
}
