package dev.waybill.deduplication.replay;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Properties of the Kafka clients that read dead letters and send replays. */
public final class ReplayClients {
  private static final int LARGEST_REQUEST = 32 << 20;

  private ReplayClients() {}

  /**
   * A reader of committed records, of no group; it has to be told where to begin.
   *
   * @param client what all of the application's clients have
   */
  public static Map<String, Object> consumer(Map<String, Object> client) {
    Map<String, Object> config = new HashMap<>(client);
    config.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG); // It is no member of any group.
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return config;
  }

  /**
   * A writer that is told when all replicas have a record, each once, however large letters are.
   *
   * @param client what all of the application's clients have
   */
  public static Map<String, Object> producer(Map<String, Object> client) {
    Map<String, Object> config = new HashMap<>(client);
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) LARGEST_REQUEST);
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return config;
  }
}
