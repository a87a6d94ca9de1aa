package dev.waybill.consumer.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.deduplication.DeadLetterHeaders;
import dev.waybill.deduplication.LetterAction;
import dev.waybill.deduplication.LetterPlace;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records of a topic of dead letters: letters a second apart, and what was done about them. */
final class Records {
  static final String TOPIC = "letters";
  static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
  static final LetterFilter ANY = new LetterFilter(null, null, null, null, null, null, null, null);

  private Records() {}

  static UUID id(long number) {
    return new UUID(0x01a20d6d5a007000L, 0x8000000000000000L | number);
  }

  /** A letter whose event's id, key and source have the number of its offset. */
  static ConsumerRecord<byte[], byte[]> letter(
      int partition, long offset, String reason, String detail) {
    RecordHeaders headers = new RecordHeaders();
    add(headers, DeadLetterHeaders.REASON, reason);
    add(headers, DeadLetterHeaders.DETAIL, detail);
    add(headers, DeadLetterHeaders.EVENT_ID, id(offset).toString());
    add(headers, DeadLetterHeaders.TOPIC, "orders.events");
    add(headers, DeadLetterHeaders.PARTITION, "1");
    add(headers, DeadLetterHeaders.OFFSET, Long.toString(offset));
    return record(partition, offset, "k" + offset, headers);
  }

  static ConsumerRecord<byte[], byte[]> letter(long offset) {
    return letter(0, offset, "UNDECODABLE", "no schema " + offset);
  }

  static ConsumerRecord<byte[], byte[]> action(
      long offset, LetterAction.Kind kind, long ofLetter, String by) {
    LetterAction action =
        new LetterAction(kind, new LetterPlace(TOPIC, 0, ofLetter), by, "why", at(offset));
    return record(0, offset, action.letter().toString(), action.toRecord().headers());
  }

  static Instant at(long offset) {
    return NOON.plusSeconds(offset);
  }

  static ConsumerRecord<byte[], byte[]> record(
      int partition, long offset, String key, Headers headers) {
    return new ConsumerRecord<>(
        TOPIC,
        partition,
        offset,
        at(offset).toEpochMilli(),
        TimestampType.CREATE_TIME,
        1,
        1,
        key.getBytes(UTF_8),
        new byte[0],
        headers,
        Optional.empty());
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}
