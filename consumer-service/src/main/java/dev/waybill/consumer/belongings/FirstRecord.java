package dev.waybill.consumer.belongings;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Finds the first committed record at or behind an offset, in no group. Of one thread. */
public final class FirstRecord implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final KafkaConsumer<byte[], byte[]> consumer;

  /** Opens connections, and reads nothing yet. */
  public FirstRecord(String clientId, Map<String, Object> clientConfig) {
    this.consumer = new KafkaConsumer<>(config(clientId, clientConfig));
  }

  /** The properties of the client that looks. */
  public static Map<String, Object> config(String clientId, Map<String, Object> clientConfig) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG); // It is no member of any group.
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 64 << 10);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return config;
  }

  /**
   * The record's timestamp; empty when there are only markers of transactions, or of aborted ones.
   * Blocks for some seconds at most.
   *
   * @param end behind the last record to look at
   */
  public Optional<Instant> between(TopicPartition partition, long from, long end) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (consumer.position(partition) < end && System.nanoTime() < deadline) {
      Iterator<ConsumerRecord<byte[], byte[]>> records =
          consumer.poll(Duration.ofMillis(100)).iterator();
      if (records.hasNext()) {
        return Optional.of(Instant.ofEpochMilli(Math.max(0, records.next().timestamp())));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
