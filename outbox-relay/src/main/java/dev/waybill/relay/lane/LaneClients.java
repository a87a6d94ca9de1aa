package dev.waybill.relay.lane;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The properties of the Kafka clients that the lanes have. */
public final class LaneClients {
  /** Partitions that were added to the cursor topic are shared without a restart. */
  private static final int PARTITIONS_SEEN_WITHIN_MS = 10_000;

  private static final int LEAST_REQUEST = 1024 * 1024;

  private LaneClients() {}

  /**
   * Of the member of the group that shares the lanes.
   *
   * @param relay the group
   * @param instance the member's name; null for none
   */
  public static Map<String, Object> member(
      Map<String, Object> clientConfig,
      String relay,
      @Nullable String instance,
      Duration sessionTimeout) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, relay);
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, relay + "-ownership");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, PARTITIONS_SEEN_WITHIN_MS);
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) sessionTimeout.toMillis());
    config.put(
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) sessionTimeout.dividedBy(10).toMillis());
    if (instance != null) {
      config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
    }
    config.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(LaneAssignor.class.getName()));
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return config;
  }

  /**
   * Of a transactional producer.
   *
   * @param maxMessageBytes what the topic takes
   */
  public static Map<String, Object> producer(
      Map<String, Object> clientConfig, String transactionalId, int maxMessageBytes) {
    int maxRequest = Math.max(LEAST_REQUEST, maxMessageBytes);
    Map<String, Object> config = new HashMap<>();
    // Clients of every language read it; gzip, which most do, costs as much as all the rest.
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRequest);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(32L << 20, 2L * maxRequest));
    // A commit flushes at once; until then, lingering only makes fuller batches.
    config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    // A transaction that nobody ends holds back every read_committed reader for this long. It must
    // outlast the delivery of the last record, or the broker would abort what is still under way.
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 20_000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
    // A producer waits this long between finding its coordinator and asking it for its id.
    config.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 20);
    config.putAll(clientConfig);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return config;
  }
}
