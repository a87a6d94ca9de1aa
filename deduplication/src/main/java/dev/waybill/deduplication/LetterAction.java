package dev.waybill.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What a person did about a dead letter, or what became of it: itself a record of the dead-letter
 * topic, behind the letter in its partition, and no dead letter. Its key is the letter's place, its
 * value is empty, and its headers say the rest. Whoever reads dead letters passes over such
 * records: {@link #isOne}.
 *
 * @param by who it was, a person or a program
 * @param reason why, in their words; may be empty
 */
public record LetterAction(Kind kind, LetterPlace letter, String by, String reason, Instant at) {
  /** What all names of its headers begin with. */
  public static final String PREFIX = "letter-";

  /** The name of a {@link Kind}, in small letters. */
  public static final String ACTION = PREFIX + "action";

  /** Where the letter is, {@code topic-partition@offset}. */
  public static final String PLACE = PREFIX + "place";

  /** Who it was. */
  public static final String BY = PREFIX + "by";

  /** Why. */
  public static final String REASON = PREFIX + "reason";

  /** When, ISO 8601. */
  public static final String TIME = PREFIX + "time";

  /** What can be said of a letter. */
  public enum Kind {
    /** Nothing will be done about it any more. */
    DISCARD,
    /** It was discarded, and is open again. */
    RESTORE,
    /** It was sent again, as it was or repaired. */
    REPLAY,
    /** Its event took effect; whoever keeps the stores says so, which forget the event's id. */
    APPLIED;

    private String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Kind> of(String text) {
      for (Kind kind : values()) {
        if (kind.text().equals(text)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * Whether a record of the dead-letter topic is an action, also of a kind that this version does
   * not know. A dead letter is none, whatever headers its event had.
   */
  public static boolean isOne(Headers headers) {
    return headers.lastHeader(ACTION) != null
        && headers.lastHeader(DeadLetterHeaders.REASON) == null;
  }

  /**
   * The action that a record of the dead-letter topic is. Empty for a dead letter, for an action
   * that cannot be read, and for one that is not where its letter is.
   */
  public static Optional<LetterAction> of(ConsumerRecord<byte[], byte[]> record) {
    Headers headers = record.headers();
    if (!isOne(headers)) {
      return Optional.empty();
    }
    Optional<Kind> kind = Kind.of(text(headers, ACTION));
    Optional<LetterPlace> letter =
        LetterPlace.parse(text(headers, PLACE))
            .filter(place -> place.topic().equals(record.topic()))
            .filter(place -> place.partition() == record.partition())
            .filter(place -> place.offset() < record.offset());
    return kind.isEmpty() || letter.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LetterAction(
                kind.get(),
                letter.get(),
                text(headers, BY),
                text(headers, REASON),
                time(text(headers, TIME), record.timestamp())));
  }

  /** The record that says so. */
  public ProducerRecord<byte[], byte[]> toRecord() {
    RecordHeaders headers = new RecordHeaders();
    add(headers, ACTION, kind.text());
    add(headers, PLACE, letter.toString());
    add(headers, BY, by);
    add(headers, REASON, reason);
    add(headers, TIME, at.toString());
    return new ProducerRecord<>(
        letter.topic(),
        letter.partition(),
        letter.toString().getBytes(UTF_8),
        new byte[0],
        headers);
  }

  private static Instant time(String text, long otherwise) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException noTime) {
      return Instant.ofEpochMilli(otherwise);
    }
  }

  private static String text(Headers headers, String name) {
    byte[] value = HeaderText.value(headers, name);
    return value == null ? "" : new String(value, UTF_8);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}
