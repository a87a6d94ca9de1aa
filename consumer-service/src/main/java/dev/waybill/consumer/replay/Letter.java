package dev.waybill.consumer.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.deduplication.DeadLetterHeaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** A dead letter. */
record Letter(ConsumerRecord<byte[], byte[]> record) {

  /** The event's id as its header has it; empty without one. */
  String eventId() {
    return header("ce_id");
  }

  String reason() {
    return header(DeadLetterHeaders.REASON);
  }

  String source() {
    return header(DeadLetterHeaders.TOPIC)
        + "-"
        + header(DeadLetterHeaders.PARTITION)
        + "@"
        + header(DeadLetterHeaders.OFFSET);
  }

  /** Whether it came from this topic; where it cannot be told, it is none of ours. */
  boolean cameFrom(String topic) {
    return header(DeadLetterHeaders.TOPIC).equals(topic)
        && header(DeadLetterHeaders.PARTITION).matches("\\d{1,9}");
  }

  /**
   * The record that it was, for the same partition: there, and only there, is it remembered. It has
   * no dead letter's headers, and today's timestamp.
   */
  ProducerRecord<byte[], byte[]> original(String topic) {
    return new ProducerRecord<>(
        topic,
        Integer.valueOf(header(DeadLetterHeaders.PARTITION)),
        null,
        record.key(),
        record.value(),
        DeadLetterHeaders.withoutThem(record.headers()));
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
