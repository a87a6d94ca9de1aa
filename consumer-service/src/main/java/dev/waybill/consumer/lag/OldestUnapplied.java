package dev.waybill.consumer.lag;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the oldest event of each partition that is not applied: the first committed record at or
 * behind the group's committed offset. Of one thread.
 */
public final class OldestUnapplied implements AutoCloseable {
  private static final Duration PEEK_LIMIT = Duration.ofSeconds(5);

  /** A record that was seen before, so that a partition that stands still is not read again. */
  private record Peeked(long committed, Instant at) {}

  private final String group;
  private final List<TopicPartition> partitions;
  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Peeked> peeked = new HashMap<>();

  /** Opens connections, and asks nothing yet. */
  public OldestUnapplied(
      String group, String topic, int partitions, Map<String, Object> clientConfig) {
    this.group = group;
    this.partitions =
        IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(topic, i)).toList();
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 64 << 10);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, group + "-lag-monitor");
    this.admin = Admin.create(clientConfig);
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * When each was published, by partition; none for a partition where all is applied. Blocks for
   * some tens of seconds at most.
   */
  Map<Integer, Instant> look() throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        limited(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    Map<TopicPartition, ListOffsetsResultInfo> begin = offsets(OffsetSpec.earliest());
    Map<TopicPartition, ListOffsetsResultInfo> end = offsets(OffsetSpec.latest());
    Map<Integer, Instant> oldest = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata offset = committed.get(partition);
      long from = Math.max(at(begin, partition), offset == null ? 0 : offset.offset());
      if (from < at(end, partition)) {
        oldest(partition, from, at(end, partition))
            .ifPresent(at -> oldest.put(partition.partition(), at));
      }
    }
    return oldest;
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(OffsetSpec which)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, which));
    return limited(
        admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all());
  }

  private static <T> T limited(KafkaFuture<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.get(10, TimeUnit.SECONDS);
  }

  private static long at(
      Map<TopicPartition, ListOffsetsResultInfo> offsets, TopicPartition partition) {
    ListOffsetsResultInfo offset = offsets.get(partition);
    return offset == null ? 0 : offset.offset();
  }

  private Optional<Instant> oldest(TopicPartition partition, long from, long end) {
    Peeked known = peeked.get(partition);
    if (known != null && known.committed() == from) {
      return Optional.of(known.at());
    }
    Instant at = peek(partition, from, end);
    if (at == null) { // only markers of transactions, or of aborted ones, are left
      return Optional.empty();
    }
    peeked.put(partition, new Peeked(from, at));
    return Optional.of(at);
  }

  private @Nullable Instant peek(TopicPartition partition, long from, long end) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    long deadline = System.nanoTime() + PEEK_LIMIT.toNanos();
    while (consumer.position(partition) < end && System.nanoTime() < deadline) {
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      if (!records.isEmpty()) {
        return Instant.ofEpochMilli(Math.max(0, records.get(0).timestamp()));
      }
    }
    return null;
  }

  @Override
  public void close() {
    consumer.close();
    admin.close();
  }
}
