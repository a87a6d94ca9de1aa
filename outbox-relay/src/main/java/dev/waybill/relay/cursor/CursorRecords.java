package dev.waybill.relay.cursor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A relay's records in the compacted topic that holds each lane's cursor, a partition a lane. The
 * relay's name is part of the key, so that relays of several outboxes can share the topic. Used by
 * one thread; blocks on the broker.
 */
public final class CursorRecords implements AutoCloseable {
  private final String relay;
  private final String topic;
  private final Duration limit;
  private final Consumer<byte[], byte[]> consumer;

  /**
   * Connects to nothing yet.
   *
   * @param relay the relay's name
   * @param clientConfig settings of Kafka's clients, among them the servers
   * @param limit for how long a lane's records are read
   */
  public CursorRecords(
      String relay, String topic, Map<String, Object> clientConfig, Duration limit) {
    this.relay = relay;
    this.topic = topic;
    this.limit = limit;
    this.consumer = new KafkaConsumer<>(config(clientConfig));
  }

  /** The properties of the client that reads them. */
  public static Map<String, Object> config(Map<String, Object> clientConfig) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return config;
  }

  /** The key of a lane's cursor. */
  public static byte[] key(String relay, int lane) {
    return (relay + "-" + lane).getBytes(UTF_8);
  }

  /** Whether the topic has a partition for the lane. */
  public boolean has(int lane) {
    return consumer.partitionsFor(topic).stream()
        .anyMatch(partition -> partition.partition() == lane);
  }

  /** The offset of the first open transaction, whoever's; the end of the partition without one. */
  public long readableEnd(int lane) {
    TopicPartition partition = partition(lane);
    return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
  }

  /**
   * The lane's last committed cursor; null when it never had one, or it was deleted.
   *
   * @param end the offset to read up to, readable
   * @throws org.apache.kafka.common.KafkaException when the broker is away
   * @throws UnreadableCursorException when there is one, but of a kind that this version does not
   *     know
   */
  public @Nullable LaneCursor last(int lane, long end) {
    TopicPartition partition = partition(lane);
    consumer.assign(List.of(partition));
    long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    for (long back = 64; ; back *= 16) {
      long from = Math.max(begin, end - back);
      ConsumerRecord<byte[], byte[]> last = lastIn(partition, from, end);
      if (last != null) {
        return last.value() == null ? null : CursorFormat.decode(last.value());
      }
      if (from == begin) {
        return null;
      }
    }
  }

  private @Nullable ConsumerRecord<byte[], byte[]> lastIn(
      TopicPartition partition, long from, long end) {
    byte[] key = key(relay, partition.partition());
    consumer.seek(partition, from);
    ConsumerRecord<byte[], byte[]> last = null;
    long deadline = System.nanoTime() + limit.toNanos();
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        last = Arrays.equals(record.key(), key) ? record : last;
      }
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(
            "the cursor in " + partition + " was not read in " + limit.toSeconds() + " s");
      }
    }
    return last;
  }

  private TopicPartition partition(int lane) {
    return new TopicPartition(topic, lane);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
