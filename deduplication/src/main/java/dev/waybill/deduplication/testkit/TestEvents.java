package dev.waybill.deduplication.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;

/** Records of events, and what comes of them on a bad day: duplicates, late ones, conflicts. */
public final class TestEvents {
  private TestEvents() {}

  /**
   * As Waybill's relay writes an event.
   *
   * @param number tells events of one moment apart
   * @param at when it occurred and was sent
   */
  public static <K, V> TestRecord<K, V> relayed(
      int number, K key, long version, V value, Instant at) {
    TestRecord<K, V> event = new TestRecord<>(key, value, new RecordHeaders(), at);
    event = with(event, "ce_id", timedId(number, at).toString());
    event = with(event, "ce_sequence", Long.toString(version));
    return with(event, "ce_time", at.toString());
  }

  /** As Debezium's outbox event router writes one: the header {@code id}, and no version. */
  public static <K, V> TestRecord<K, V> outboxed(int number, K key, V value, Instant at) {
    return with(
        new TestRecord<>(key, value, new RecordHeaders(), at), "id", randomId(number).toString());
  }

  /** The UUID of version 7 of this number, made at this time. */
  public static UUID timedId(int number, Instant at) {
    return new UUID((at.toEpochMilli() << 16) | 0x7000, 0x8000000000000000L | number);
  }

  /** The UUID of version 4 of this number: as random as any, and always the same. */
  public static UUID randomId(int number) {
    long high = number * 0x9E3779B97F4A7C15L;
    return new UUID(
        (high & ~0xF000L) | 0x4000L, (Long.rotateLeft(high, 31) >>> 2) | 0x8000000000000000L);
  }

  /** The record once more. */
  public static <K, V> TestRecord<K, V> duplicateOf(TestRecord<K, V> event) {
    return late(event, Duration.ZERO);
  }

  /** The record, sent so much later than it was meant: its timestamp is another, nothing else. */
  public static <K, V> TestRecord<K, V> late(TestRecord<K, V> event, Duration by) {
    return new TestRecord<>(
        event.key(),
        event.value(),
        new RecordHeaders(event.headers()),
        event.getRecordTime().plus(by));
  }

  /** A record with the same id, key and headers, and another value. */
  public static <K, V> TestRecord<K, V> conflictingWith(TestRecord<K, V> event, V value) {
    return new TestRecord<>(
        event.key(), value, new RecordHeaders(event.headers()), event.getRecordTime());
  }

  /** The record with this header in place of any of the same name. */
  public static <K, V> TestRecord<K, V> with(TestRecord<K, V> event, String header, String text) {
    RecordHeaders headers = new RecordHeaders(event.headers());
    headers.remove(header).add(header, text.getBytes(UTF_8));
    return new TestRecord<>(event.key(), event.value(), headers, event.getRecordTime());
  }
}
