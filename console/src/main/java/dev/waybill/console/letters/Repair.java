package dev.waybill.console.letters;

import dev.waybill.deduplication.replay.Letter;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as a person wants it to be, which was looked at: it can be sent.
 *
 * @param event its key, value and headers as they should be
 * @param eventId that its headers say
 * @param hasNewId whether the letter had another one, or none that can be used
 * @param changes all that is not as it was
 */
public record Repair(
    Letter letter,
    ProducerRecord<byte[], byte[]> event,
    String eventId,
    boolean hasNewId,
    List<Change> changes) {
  private static final int LONGEST_WORDS = 500;

  public Repair {
    changes = List.copyOf(changes);
  }

  /**
   * What was one way and will be another.
   *
   * @param what {@code key}, {@code value}, or the name of a header
   * @param before null: there was none
   * @param after null: there will be none
   */
  public record Change(String what, @Nullable String before, @Nullable String after) {}

  /** The record for the topic of replays, which has so many partitions. */
  ProducerRecord<byte[], byte[]> toRecord(String replays, int partitions) {
    return letter.repair(event, eventId, replays, partitions);
  }

  /** What was edited, for the journal: names only, and nothing of what they stand for. */
  String words() {
    String names = changes.stream().map(Change::what).collect(Collectors.joining(", "));
    String cut = names.length() <= LONGEST_WORDS ? names : names.substring(0, LONGEST_WORDS) + "…";
    return "edited from %s: %s%s"
        .formatted(letter.place(), cut, hasNewId ? "; as event " + eventId : "");
  }
}
