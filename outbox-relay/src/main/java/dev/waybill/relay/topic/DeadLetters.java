package dev.waybill.relay.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.source.OutboxRow;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Makes a row that a person let pass a dead letter: the aggregate's id as key, the payload as it is
 * in the outbox, and headers that say the rest. A letter always fits its topic, also where the row
 * was refused for its size: it then says where the row is. Thread-safe.
 */
public final class DeadLetters {
  /** Where all letters are: they are few, and their order tells something. */
  private static final int PARTITION = 0;

  private static final String PREFIX = "dead-letter-";

  /** What Kafka adds to a record, and a batch to it, at most. */
  private static final int OVERHEAD = 1024;

  private static final int LONGEST_TYPE = 100;

  private final RelayTopic topic;
  private final int largest;
  private final CloudEvents cloudEvents;

  /**
   * Makes letters of one topic.
   *
   * @param largestRequest how many bytes a producer sends at most
   * @param source as that of the events
   */
  public DeadLetters(RelayTopic topic, int largestRequest, String source) {
    this.topic = topic;
    this.largest = Math.min(topic.maxMessageBytes(), largestRequest) - OVERHEAD;
    this.cloudEvents = new CloudEvents(source);
  }

  /** Where all letters go. */
  public TopicPartition partition() {
    return new TopicPartition(topic.name(), PARTITION);
  }

  /**
   * What a person says of an event.
   *
   * @param reason why it is let pass
   * @param by who it was
   */
  public record Verdict(String reason, String by, Instant at) {}

  /**
   * The letter of a row.
   *
   * @param refused what the lane says of the row
   */
  public ProducerRecord<byte[], byte[]> of(
      int lane, OutboxRow row, WaitingAggregate refused, Verdict verdict) {
    RecordHeaders about = new RecordHeaders();
    add(about, "reason", verdict.reason());
    add(about, "by", verdict.by());
    add(about, "time", verdict.at().toString());
    add(about, "cause", refused.cause());
    add(about, "detail", refused.reason());
    add(about, "lane", Integer.toString(lane));
    add(about, "seq", Long.toString(row.seq()));
    byte[] payload = row.payload();
    if (row.flaw() != null) {
      return letter(outline(row), null, "left out", about);
    }
    RecordHeaders own = new RecordHeaders(about);
    add(own, "headers", row.headers());
    Integer schemaId = row.schemaId();
    if (schemaId != null) {
      add(own, "schema-id", schemaId.toString());
    }
    ProducerRecord<byte[], byte[]> whole =
        letter(row, payload, payload == null ? "tombstone" : "whole", own);
    return size(whole) <= largest ? whole : letter(outline(row), null, "left out", about);
  }

  private ProducerRecord<byte[], byte[]> letter(
      OutboxRow row, byte @Nullable [] value, String payload, RecordHeaders about) {
    RecordHeaders headers = cloudEvents.ofEvent(row);
    about.forEach(headers::add);
    add(headers, "payload", payload);
    return new ProducerRecord<>(topic.name(), PARTITION, row.aggregateId(), value, headers);
  }

  /** What names the row, none of which is long. */
  private static OutboxRow outline(OutboxRow row) {
    String type = row.eventType();
    return row.named(type.substring(0, Math.min(type.length(), LONGEST_TYPE)));
  }

  private static long size(ProducerRecord<byte[], byte[]> letter) {
    byte[] value = letter.value();
    long size = letter.key().length;
    size += value == null ? 0 : value.length;
    for (Header header : letter.headers()) {
      size += header.key().length() + header.value().length + 10;
    }
    return size;
  }

  private static void add(RecordHeaders headers, String name, String value) {
    headers.add(PREFIX + name, value.getBytes(UTF_8));
  }
}
