package dev.waybill.relay.prune;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.relay.cursor.CursorFormat;
import dev.waybill.relay.cursor.LaneCursor;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The cursors of a relay that may be running: of each lane the last one before the first open
 * transaction. A newer one may be there already; an older one only says less. Used by one thread;
 * blocks on the broker.
 */
public final class CommittedCursors implements LaneCursors, AutoCloseable {
  private static final Duration READ_LIMIT = Duration.ofSeconds(30);

  private final String relay;
  private final String topic;
  private final Consumer<byte[], byte[]> consumer;

  /**
   * Connects to nothing yet.
   *
   * @param relay the relay's name
   * @param topic of the cursors
   * @param clientConfig settings of Kafka's clients, among them the servers
   */
  public CommittedCursors(String relay, String topic, Map<String, Object> clientConfig) {
    this.relay = relay;
    this.topic = topic;
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000);
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Optional<LaneCursor> of(int lane) {
    TopicPartition partition = new TopicPartition(topic, lane);
    if (!partitions().contains(lane)) {
      return Optional.empty();
    }
    consumer.assign(List.of(partition));
    long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    for (long back = 64; ; back *= 16) {
      long from = Math.max(begin, end - back);
      ConsumerRecord<byte[], byte[]> last = lastIn(partition, from, end);
      if (last != null || from == begin) {
        return Optional.ofNullable(last).map(ConsumerRecord::value).map(CursorFormat::decode);
      }
    }
  }

  private Set<Integer> partitions() {
    return consumer.partitionsFor(topic).stream()
        .map(PartitionInfo::partition)
        .collect(Collectors.toSet());
  }

  private @Nullable ConsumerRecord<byte[], byte[]> lastIn(
      TopicPartition partition, long from, long end) {
    byte[] key = (relay + "-" + partition.partition()).getBytes(UTF_8);
    consumer.seek(partition, from);
    ConsumerRecord<byte[], byte[]> last = null;
    long deadline = System.nanoTime() + READ_LIMIT.toNanos();
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        last = Arrays.equals(record.key(), key) ? record : last;
      }
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("the cursor in " + partition + " was not read in 30 s");
      }
    }
    return last;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
