package dev.waybill.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** A record as somebody sends it. */
record Sent(
    @Nullable String key, Map<String, String> headers, @Nullable String value, Instant timestamp) {
  static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  /** Version {@code version} of parcel p-1, occurred and sent at noon. */
  static Sent event(int number, long version) {
    return event(number, version, NOON);
  }

  static Sent event(int number, long version, Instant at) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("ce_id", id(number, at).toString());
    headers.put("ce_sequence", Long.toString(version));
    headers.put("ce_type", "ParcelMoved");
    headers.put("ce_time", at.toString());
    return new Sent("p-1", headers, "moved " + version, at);
  }

  /** The id of this number, made at this time. */
  static UUID id(int number, Instant at) {
    return new UUID((at.toEpochMilli() << 16) | 0x7000, 0x8000000000000000L | number);
  }

  UUID id() {
    return UUID.fromString(headers.getOrDefault("ce_id", ""));
  }

  Sent of(@Nullable String otherKey) {
    return new Sent(otherKey, headers, value, timestamp);
  }

  Sent saying(@Nullable String otherValue) {
    return new Sent(key, headers, otherValue, timestamp);
  }

  Sent undecodable() {
    return saying("!" + value);
  }

  Sent at(Instant otherTimestamp) {
    return new Sent(key, headers, value, otherTimestamp);
  }

  Sent with(String header, @Nullable String text) {
    Map<String, String> changed = new TreeMap<>(headers);
    if (text == null) {
      changed.remove(header);
    } else {
      changed.put(header, text);
    }
    return new Sent(key, changed, value, timestamp);
  }

  @SuppressWarnings("NullAway") // Kafka's signature: no key, no value
  TestRecord<byte[], byte[]> record() {
    RecordHeaders all = new RecordHeaders();
    headers.forEach((name, text) -> all.add(name, text.getBytes(UTF_8)));
    return new TestRecord<>(bytes(key), bytes(value), all, timestamp);
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }
}
