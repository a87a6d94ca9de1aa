package dev.waybill.consumer.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.deduplication.DeadLetterHeaders;
import dev.waybill.deduplication.LetterPlace;
import dev.waybill.deduplication.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter without its value.
 *
 * @param at when the record became a dead letter
 * @param eventId as the id store has it; null when it has none that can be used
 * @param key of the record, its first characters; null without one
 * @param source where the record is, {@code topic-partition@offset}
 * @param whole whether the letter has all of the record
 */
record Letter(
    LetterPlace place,
    Instant at,
    String reason,
    String detail,
    String fingerprint,
    @Nullable UUID eventId,
    @Nullable String key,
    String source,
    boolean whole) {
  /** Of a key so many characters are kept. */
  static final int LONGEST_KEY = 256;

  private static final int LONGEST_DETAIL = 1_000;
  private static final int LONGEST_REASON = 50;
  private static final int LONGEST_SOURCE = 300;

  /** What the letter takes beside its texts, in characters, roughly. */
  private static final int OVERHEAD = 200;

  /** The letter that a record is; empty when it is none. */
  static Optional<Letter> of(ConsumerRecord<byte[], byte[]> record) {
    String reason = Texts.header(record.headers(), DeadLetterHeaders.REASON);
    if (reason == null) {
      return Optional.empty();
    }
    String found = Texts.header(record.headers(), DeadLetterHeaders.DETAIL);
    String detail = Texts.cut(found == null ? "" : found, LONGEST_DETAIL);
    return Optional.of(
        new Letter(
            new LetterPlace(record.topic(), record.partition(), record.offset()),
            Instant.ofEpochMilli(Math.max(0, record.timestamp())),
            Texts.cut(reason, LONGEST_REASON),
            detail,
            Fingerprint.of(reason, detail),
            id(record),
            record.key() == null ? null : Texts.cut(new String(record.key(), UTF_8), LONGEST_KEY),
            source(record),
            record.headers().lastHeader(DeadLetterHeaders.VALUE_BYTES) == null));
  }

  /** Whether its event took effect when one of its id did: a conflict is about another content. */
  boolean isSettledByItsId() {
    return eventId != null && !reason.equals(Reason.CONFLICT.name());
  }

  /** How much memory it takes, in characters, roughly. */
  int weight() {
    return OVERHEAD + detail.length() + source.length() + (key == null ? 0 : key.length());
  }

  private static @Nullable UUID id(ConsumerRecord<byte[], byte[]> record) {
    String id = Texts.header(record.headers(), DeadLetterHeaders.EVENT_ID);
    if (id == null) {
      id = Texts.header(record.headers(), "ce_id"); // Letters once had this one only.
    }
    try {
      return id == null ? null : UUID.fromString(id);
    } catch (IllegalArgumentException noId) {
      return null;
    }
  }

  private static String source(ConsumerRecord<byte[], byte[]> record) {
    String source =
        "%s-%s@%s"
            .formatted(
                Texts.header(record.headers(), DeadLetterHeaders.TOPIC),
                Texts.header(record.headers(), DeadLetterHeaders.PARTITION),
                Texts.header(record.headers(), DeadLetterHeaders.OFFSET));
    return Texts.cut(source, LONGEST_SOURCE);
  }
}
