package dev.waybill.deduplication.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.deduplication.DeadLetterHeaders;
import dev.waybill.deduplication.LetterPlace;
import dev.waybill.deduplication.Placement;
import dev.waybill.deduplication.Reason;
import dev.waybill.deduplication.ReplayHeaders;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A dead letter, and the replay of it.
 *
 * @param record of the topic of dead letters, and no action about one
 */
public record Letter(ConsumerRecord<byte[], byte[]> record) {

  /** The event's id as the stores have it; empty without one. */
  public String eventId() {
    String id = header(DeadLetterHeaders.EVENT_ID);
    return id.isEmpty() ? header("ce_id") : id; // letters once had the second only
  }

  /** Where the letter is. */
  public LetterPlace place() {
    return new LetterPlace(record.topic(), record.partition(), record.offset());
  }

  /** The name of its {@link Reason}. */
  public String reason() {
    return header(DeadLetterHeaders.REASON);
  }

  /** Where the record is that it is of, {@code topic-partition@offset}. */
  public String source() {
    return header(DeadLetterHeaders.TOPIC)
        + "-"
        + header(DeadLetterHeaders.PARTITION)
        + "@"
        + header(DeadLetterHeaders.OFFSET);
  }

  /** Whether it came from one of these topics; where it cannot be told, it is none of ours. */
  boolean cameFrom(Set<String> topics) {
    return topics.contains(header(DeadLetterHeaders.TOPIC))
        && header(DeadLetterHeaders.PARTITION).matches("\\d{1,9}");
  }

  /**
   * Which record it is of: the event's id and where that record is. An unchanged replay has it as
   * key, so that it replaces no other letter's of the event, and no repair, whose key is the id.
   */
  String name() {
    return eventId() + " " + source();
  }

  /** Why it cannot be replayed as it is, in words; empty when it can. */
  public Optional<String> notReplayable() {
    if (reason().equals(Reason.EXPIRED.name())) {
      return Optional.of("its event may have taken effect; it can only be sent under a new id");
    }
    if (eventId().isEmpty() || record.key() == null || reason().equals(Reason.INVALID_ID.name())) {
      return Optional.of(
          "it has no id that can be used or no key, so that it would have the same fault again");
    }
    return record.headers().lastHeader(DeadLetterHeaders.VALUE_BYTES) == null
        ? Optional.empty()
        : Optional.of("the letter is not whole: the record was too large, or could not be written");
  }

  /**
   * The record that it was, for the topic of replays: in the partition that remembers the event,
   * or, where it was in a wrong one, in its key's. It has no dead letter's headers, and today's
   * timestamp, with its own in a header.
   *
   * @param partitions how many the topic of replays has
   */
  public ProducerRecord<byte[], byte[]> replay(String replays, int partitions) {
    Headers headers = DeadLetterHeaders.withoutThem(record.headers());
    addOrigin(headers, record.key(), ReplayHeaders.LETTER);
    return new ProducerRecord<>(
        replays,
        partition(record.key(), partitions),
        null,
        name().getBytes(UTF_8),
        record.value(),
        headers);
  }

  /**
   * The record as it should have been, for the topic of replays: under the event's id alone, so
   * that of several repairs of an event the last one stays. A key of its own leads to that key's
   * partition. It is no copy: when it cannot be used either, it becomes another letter.
   *
   * @param event with the key, the value and the headers that it should have
   * @param eventId that its headers say, as the stores have it
   * @param partitions how many the topic of replays has
   */
  public ProducerRecord<byte[], byte[]> repair(
      ProducerRecord<byte[], byte[]> event, String eventId, String replays, int partitions) {
    Headers headers = DeadLetterHeaders.withoutThem(event.headers());
    addOrigin(headers, event.key(), ReplayHeaders.EDITED_FROM);
    return new ProducerRecord<>(
        replays,
        partition(event.key(), partitions),
        null,
        eventId.getBytes(UTF_8),
        event.value(),
        headers);
  }

  private void addOrigin(Headers headers, byte[] key, String letter) {
    headers.add(ReplayHeaders.KEY, key);
    String sent = header(DeadLetterHeaders.TIMESTAMP);
    if (!sent.isEmpty()) {
      headers.add(ReplayHeaders.TIMESTAMP, sent.getBytes(UTF_8));
    }
    headers.add(letter, place().toString().getBytes(UTF_8));
  }

  private int partition(byte[] key, int partitions) {
    boolean stays =
        Arrays.equals(key, record.key()) && !reason().equals(Reason.WRONG_PARTITION.name());
    return stays
        ? Integer.parseInt(header(DeadLetterHeaders.PARTITION))
        : Placement.murmur2(key, partitions);
  }

  @Override
  public String toString() {
    return "%s %s from %s".formatted(eventId().isEmpty() ? "no id" : eventId(), reason(), source());
  }

  private String header(String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
  }
}
