package dev.waybill.outbox;

import dev.waybill.outbox.RejectedEventException.Reason;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Turns events into rows, and refuses what could never be delivered. Thread-safe, no I/O. */
final class Door {
  private static final int MAX_AGGREGATE_ID_BYTES = 512;
  private static final int MAX_TYPE_BYTES = 255;
  private static final Instant END = Instant.parse("9999-12-31T23:59:59.999999Z");

  private final StoredSchemas schemas;
  private final PayloadEncoder encoder;

  Door(OutboxSettings settings, StoredSchemas schemas) {
    this.schemas = schemas;
    this.encoder = new PayloadEncoder(settings.maxPayloadBytes());
  }

  /**
   * @throws RejectedEventException with the first thing that is wrong
   */
  OutboxRow admit(OutboxEvent event) {
    eventId(event.eventId());
    Texts.check(Reason.AGGREGATE_ID, "aggregate id", event.aggregateId(), MAX_AGGREGATE_ID_BYTES);
    Texts.check(Reason.AGGREGATE_TYPE, "aggregate type", event.aggregateType(), MAX_TYPE_BYTES);
    Texts.check(Reason.EVENT_TYPE, "event type", event.eventType(), MAX_TYPE_BYTES);
    if (event.aggregateVersion() < 1) {
      throw new RejectedEventException(
          Reason.AGGREGATE_VERSION,
          "the aggregate version is " + event.aggregateVersion() + ": the first is 1");
    }
    String headersJson = Headers.json(event.headers());
    OffsetDateTime occurredAt = occurredAt(event.occurredAt());
    Integer schemaId = null;
    byte[] encoded = null;
    IndexedRecord payload = event.payload();
    if (payload != null) {
      schemaId = schemas.idOf(payload.getSchema());
      encoded = encoder.encode(payload);
    }
    return new OutboxRow(
        (short) Slots.of(event.aggregateId()),
        event.eventId(),
        event.aggregateType(),
        event.aggregateId(),
        event.aggregateVersion(),
        event.eventType(),
        schemaId,
        encoded,
        headersJson,
        occurredAt);
  }

  private static void eventId(@Nullable UUID eventId) {
    if (eventId == null) {
      throw new RejectedEventException(Reason.EVENT_ID, "the event id is missing");
    }
    if (eventId.variant() != 2 || eventId.version() != 7) {
      throw new RejectedEventException(
          Reason.EVENT_ID, "the event id " + eventId + " is not a UUID of version 7");
    }
  }

  private static @Nullable OffsetDateTime occurredAt(@Nullable Instant occurredAt) {
    if (occurredAt == null) {
      return null;
    }
    if (occurredAt.isBefore(Instant.EPOCH) || occurredAt.isAfter(END)) {
      throw new RejectedEventException(
          Reason.OCCURRED_AT, "the event occurred at " + occurredAt + ", not from 1970 to 9999");
    }
    return occurredAt.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
