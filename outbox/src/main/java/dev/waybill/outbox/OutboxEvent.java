package dev.waybill.outbox;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an aggregate, as it is handed to {@link Outbox#append}. Nothing is
 * checked here; everything is when it is appended. The payload is not copied: it is encoded during
 * the append.
 *
 * @param eventId a UUID of version 7, by which readers recognise the event; made when the event is,
 *     unless given. Repeating a command with the same id makes the repetition recognisable.
 * @param aggregateType which kind of aggregate, such as {@code order}; 1 to 255 bytes of UTF-8
 * @param aggregateId the record's key in Kafka; 1 to 512 bytes of UTF-8, not blank
 * @param aggregateVersion 1, 2, 3 and so on for each aggregate, assigned while its row is locked
 * @param eventType what happened, such as {@code OrderPaid}; 1 to 255 bytes of UTF-8
 * @param payload the aggregate's full state after the event, a generated or generic record; null is
 *     a tombstone: the aggregate was deleted
 * @param headers names and values for the Kafka record, such as {@code traceparent}; 16 KiB of
 *     UTF-8 in all. Names that begin with {@code ce_} and {@code content-type} are reserved.
 * @param occurredAt when it happened, to the microsecond; null is when the transaction began, by
 *     the database's clock, which is one clock for all writers
 */
public record OutboxEvent(
    UUID eventId,
    String aggregateType,
    String aggregateId,
    long aggregateVersion,
    String eventType,
    @Nullable IndexedRecord payload,
    Map<String, String> headers,
    @Nullable Instant occurredAt) {

  private static final TimeBasedEpochGenerator EVENT_IDS = Generators.timeBasedEpochGenerator();

  @SuppressWarnings("NullAway") // Callers that know no annotations: refused when appended.
  public OutboxEvent {
    headers = headers == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** An event with a new id, no headers, that occurs when its transaction begins. */
  public static OutboxEvent of(
      String aggregateType,
      String aggregateId,
      long aggregateVersion,
      String eventType,
      IndexedRecord payload) {
    return new OutboxEvent(
        EVENT_IDS.generate(),
        aggregateType,
        aggregateId,
        aggregateVersion,
        eventType,
        payload,
        Map.of(),
        null);
  }

  /**
   * A deletion, with a new id: the record in Kafka has no value, and compaction forgets the key.
   */
  public static OutboxEvent tombstone(
      String aggregateType, String aggregateId, long aggregateVersion, String eventType) {
    return new OutboxEvent(
        EVENT_IDS.generate(),
        aggregateType,
        aggregateId,
        aggregateVersion,
        eventType,
        null,
        Map.of(),
        null);
  }

  public OutboxEvent withEventId(UUID newEventId) {
    return new OutboxEvent(
        newEventId,
        aggregateType,
        aggregateId,
        aggregateVersion,
        eventType,
        payload,
        headers,
        occurredAt);
  }

  public OutboxEvent withHeaders(Map<String, String> newHeaders) {
    return new OutboxEvent(
        eventId,
        aggregateType,
        aggregateId,
        aggregateVersion,
        eventType,
        payload,
        newHeaders,
        occurredAt);
  }

  public OutboxEvent withOccurredAt(Instant newOccurredAt) {
    return new OutboxEvent(
        eventId,
        aggregateType,
        aggregateId,
        aggregateVersion,
        eventType,
        payload,
        headers,
        newOccurredAt);
  }
}
