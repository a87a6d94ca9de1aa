package dev.waybill.outbox;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An accepted event as {@code outbox_event} holds it, but for what the database adds. */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
record OutboxRow(
    short slot,
    UUID eventId,
    String aggregateType,
    String aggregateId,
    long aggregateVersion,
    String eventType,
    @Nullable Integer schemaId,
    byte @Nullable [] payload,
    String headersJson,
    @Nullable OffsetDateTime occurredAt) {}
