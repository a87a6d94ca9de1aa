package dev.waybill.console.systems;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.deduplication.LetterPlace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Single records of topics, found by their offsets, and how far B's group has read. Of one
 * consumer, which belongs to no group: one question at a time.
 */
public final class Topics implements Records, AutoCloseable {
  private static final String NAME = "Kafka";
  private static final Duration LIMIT = KafkaClients.LIMIT;
  private static final Duration POLL = Duration.ofMillis(200);

  /** How many records may be looked at where a time, and no offset, leads. */
  private static final int NEAR = KafkaClients.RECORDS;

  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /** Connects in the background, and waits for nobody. */
  public Topics(Map<String, Object> clientConfig) {
    this.admin = Admin.create(KafkaClients.admin(clientConfig));
    this.consumer = new KafkaConsumer<>(KafkaClients.consumer(clientConfig));
  }

  @Override
  public synchronized Optional<ConsumerRecord<byte[], byte[]>> record(LetterPlace place) {
    try {
      TopicPartition partition = new TopicPartition(place.topic(), place.partition());
      if (!exists(partition)) {
        return Optional.empty();
      }
      consumer.assign(List.of(partition));
      long begin = begin(partition);
      long end = end(partition);
      if (place.offset() < begin || place.offset() >= end) {
        return Optional.empty();
      }
      consumer.seek(partition, place.offset());
      return read(partition, place.offset() + 1, 1).stream()
          .filter(record -> record.offset() == place.offset())
          .findFirst();
    } catch (KafkaException failure) {
      throw away(failure);
    }
  }

  /**
   * The offset of an event's record, looked for among a few hundred from a time on.
   *
   * @throws AwayException when the broker does not answer
   */
  public synchronized OptionalLong find(
      String topic, int partition, String idHeader, String eventId, Instant since) {
    try {
      TopicPartition where = new TopicPartition(topic, partition);
      consumer.assign(List.of(where));
      OffsetAndTimestamp from =
          consumer.offsetsForTimes(Map.of(where, since.toEpochMilli())).get(where);
      if (from == null) {
        return OptionalLong.empty();
      }
      consumer.seek(where, from.offset());
      return read(where, end(where), NEAR).stream()
          .filter(record -> eventId.equals(text(record.headers().lastHeader(idHeader))))
          .mapToLong(ConsumerRecord::offset)
          .findFirst();
    } catch (KafkaException failure) {
      throw away(failure);
    }
  }

  @Override
  public synchronized List<ConsumerRecord<byte[], byte[]>> last(
      String topic, int partition, int most) {
    try {
      TopicPartition where = new TopicPartition(topic, partition);
      if (!exists(where)) {
        return List.of();
      }
      consumer.assign(List.of(where));
      long end = end(where);
      consumer.seek(where, Math.max(begin(where), end - most));
      return read(where, end, most);
    } catch (KafkaException failure) {
      throw away(failure);
    }
  }

  private boolean exists(TopicPartition partition) {
    var found = consumer.partitionsFor(partition.topic());
    return found != null
        && found.stream().anyMatch(one -> one.partition() == partition.partition());
  }

  private long begin(TopicPartition partition) {
    Long begin = consumer.beginningOffsets(List.of(partition)).get(partition);
    return begin == null ? 0 : begin;
  }

  private long end(TopicPartition partition) {
    Long end = consumer.endOffsets(List.of(partition)).get(partition);
    return end == null ? 0 : end;
  }

  /** From where it stands up to an offset, at most so many. */
  private List<ConsumerRecord<byte[], byte[]>> read(TopicPartition partition, long end, int most) {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (found.size() < most && consumer.position(partition) < end) {
      if (System.nanoTime() > deadline) {
        throw new AwayException(
            NAME, partition + " is not read within " + LIMIT.toSeconds() + " s");
      }
      consumer.poll(POLL).forEach(found::add);
    }
    return found;
  }

  @Override
  public synchronized int partitions(String topic) {
    try {
      var found = consumer.partitionsFor(topic);
      return found == null ? 0 : found.size();
    } catch (KafkaException failure) {
      throw away(failure);
    }
  }

  /**
   * How far a group has come in a partition; empty when it has committed nothing there.
   *
   * @throws AwayException when the broker does not answer
   */
  public OptionalLong committed(String group, String topic, int partition) {
    TopicPartition where = new TopicPartition(topic, partition);
    var asked =
        admin.listConsumerGroupOffsets(
            Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(where))));
    Map<TopicPartition, OffsetAndMetadata> found =
        Waiting.of(NAME, asked.partitionsToOffsetAndMetadata(group), LIMIT);
    OffsetAndMetadata offset = found.get(where);
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset.offset());
  }

  /**
   * Whether a group has read a topic as far as it goes now.
   *
   * @throws AwayException when the broker does not answer
   */
  public boolean isRead(String group, String topic) {
    Map<TopicPartition, Long> ends = ends(topic);
    var asked =
        admin.listConsumerGroupOffsets(
            Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(ends.keySet())));
    Map<TopicPartition, OffsetAndMetadata> read =
        Waiting.of(NAME, asked.partitionsToOffsetAndMetadata(group), LIMIT);
    return ends.entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata offset = read.get(end.getKey());
              return end.getValue() == 0 || (offset != null && offset.offset() >= end.getValue());
            });
  }

  private synchronized Map<TopicPartition, Long> ends(String topic) {
    try {
      return consumer.endOffsets(
          consumer.partitionsFor(topic).stream()
              .map(one -> new TopicPartition(topic, one.partition()))
              .toList());
    } catch (KafkaException failure) {
      throw away(failure);
    }
  }

  /** The text of a header; empty without one. */
  public static String text(@Nullable Header header) {
    return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
  }

  private static AwayException away(Exception failure) {
    return new AwayException(NAME, String.valueOf(failure.getMessage()));
  }

  @Override
  public void close() {
    consumer.close();
    admin.close(LIMIT);
  }
}
