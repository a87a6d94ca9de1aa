package dev.waybill.consumer.streams;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of Kafka Streams.
 *
 * @param kafka properties of every client, the bootstrap servers among them
 * @param self where other instances find this one's queries
 * @param instance by which the group knows this member again after a restart; null when it does not
 * @param storeCacheBytes for all threads together
 * @param largestRecord in bytes, of those that are sent
 * @param largestBatch that internal topics take
 * @param handlers what the topology wants to be told
 */
public record StreamsProperties(
    String applicationId,
    Map<String, Object> kafka,
    HostInfo self,
    @Nullable String instance,
    int threads,
    Duration commitInterval,
    Duration sessionTimeout,
    Path stateDirectory,
    int replicationFactor,
    int standbyReplicas,
    int storeCacheBytes,
    int largestRecord,
    long largestBatch,
    Map<String, Object> handlers) {
  /** Of Kafka Streams, for the transactions of its producers. */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

  /** As Kafka Streams takes them, with the memory of its stores. */
  public Properties with(RocksMemory memory) {
    Properties all = properties();
    all.put(RocksMemory.KEY, memory);
    return all;
  }

  /** What the promises rest on comes last and cannot be overridden. */
  public Properties properties() {
    Properties all = new Properties();
    clients(all);
    stores(all);
    all.putAll(kafka);
    all.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    all.put(StreamsConfig.APPLICATION_SERVER_CONFIG, Utils.formatAddress(self.host(), self.port()));
    all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
    all.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
    all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicationFactor);
    all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbyReplicas);
    all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, (long) storeCacheBytes);
    all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksMemory.Setter.class.getName());
    promises(all);
    return all;
  }

  private void clients(Properties all) {
    if (instance != null) {
      all.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instance);
    }
    all.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        (int) sessionTimeout.toMillis());
    all.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        (int) sessionTimeout.dividedBy(6).toMillis());
    all.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        (int) transactionTimeout().toMillis());
    all.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    all.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 << 10);
    // Refused here, where it is known of which record it is; every topic takes what is not.
    all.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), largestRecord);
    all.put(
        StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
        Math.max(32L << 20, 2L * largestRecord));
  }

  /**
   * Whoever takes over the partitions of a killed instance waits for its session to end, and for
   * the broker to abort its transaction: the second should not take longer than the first. In less
   * than five seconds, or twice the commit interval, an instance that is only slow would lose its
   * own.
   */
  private Duration transactionTimeout() {
    Duration least =
        Collections.max(List.of(Duration.ofSeconds(5), commitInterval.multipliedBy(2)));
    return Collections.max(
        List.of(least, Collections.min(List.of(sessionTimeout, TRANSACTION_TIMEOUT))));
  }

  /**
   * A store takes what a Kafka transaction wrote when that has committed, together with how far its
   * changelog goes (KIP-892): a killed B finds its state as it was and restores what came since,
   * and nobody is answered what is then undone.
   */
  private static void stores(Properties all) {
    all.put(StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG, true);
    all.put(
        StreamsConfig.DEFAULT_INTERACTIVE_QUERY_ISOLATION_LEVEL_CONFIG,
        IsolationLevel.READ_COMMITTED.toString());
  }

  private void promises(Properties all) {
    all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    all.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    all.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailTheTask.class.getName());
    all.putAll(handlers);
    all.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        Long.toString(largestBatch));
    all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    // An event dated ahead must not be refused by the topics that keep B's own state.
    all.put(
        StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
        Long.toString(Long.MAX_VALUE));
  }
}
