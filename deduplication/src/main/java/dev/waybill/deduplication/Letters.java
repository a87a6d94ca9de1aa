package dev.waybill.deduplication;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters of records: as they came, or, of those that no topic might take, with where
 * they are, how large they are and how they begin.
 *
 * @param largest how many bytes a dead letter may have
 * @param kept the headers that one of a record that is too large has, too
 */
record Letters(int largest, List<String> kept) {
  /** How much of a key, a header or a value a letter has of a record that is too large. */
  private static final int EXCERPT = 1024;

  /** What a header takes beside its name and value, at most. */
  private static final int HEADER_OVERHEAD = 10;

  /** The record as a dead letter, with its headers. Its timestamp is now. */
  <K, I, V> FixedKeyRecord<K, Recognised<V>> of(
      Incoming<K, I> incoming, @Nullable UUID eventId, Reason reason, String detail, long now) {
    FixedKeyRecord<K, I> record = incoming.record();
    Headers headers =
        DeadLetterHeaders.of(
            incoming.headers(),
            reason,
            detail,
            eventId,
            incoming.source(),
            ReplayHeaders.timestamp(record),
            Instant.ofEpochMilli(now));
    byte[] key = incoming.key();
    byte[] value = incoming.value();
    if (record.value() != null && value == null) { // its serde cannot write it
      headers.add(DeadLetterHeaders.bytes(DeadLetterHeaders.VALUE_BYTES, 0));
    }
    if (size(key) + size(value) + size(headers) > largest) {
      headers = excerpt(headers);
      headers.add(DeadLetterHeaders.bytes(DeadLetterHeaders.KEY_BYTES, size(key)));
      headers.add(DeadLetterHeaders.bytes(DeadLetterHeaders.VALUE_BYTES, size(value)));
      headers.add(
          DeadLetterHeaders.bytes(DeadLetterHeaders.HEADER_BYTES, size(incoming.headers())));
      key = key == null || key.length > EXCERPT ? null : key;
      value = value == null ? null : Arrays.copyOf(value, Math.min(value.length, EXCERPT));
    }
    return record
        .withValue((Recognised<V>) new DeadLetter<V>(key, value))
        .withTimestamp(now)
        .withHeaders(headers);
  }

  private Headers excerpt(Headers all) {
    RecordHeaders few = new RecordHeaders();
    for (String name : kept) {
      Header header = all.lastHeader(name);
      if (header != null && size(header.value()) <= EXCERPT) {
        few.add(header);
      }
    }
    for (Header header : all) {
      if (header.key().startsWith(DeadLetterHeaders.PREFIX)) {
        few.add(header);
      }
    }
    return few;
  }

  private static long size(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static long size(Headers headers) {
    long size = 0;
    for (Header header : headers) {
      size += 3L * header.key().length() + size(header.value()) + HEADER_OVERHEAD;
    }
    return size;
  }
}
