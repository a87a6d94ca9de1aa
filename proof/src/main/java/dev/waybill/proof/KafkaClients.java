package dev.waybill.proof;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Proof's own clients, which know nothing of Waybill's classes. */
public final class KafkaClients {
  private KafkaClients() {}

  /** Sees what committed, and nothing else. */
  public static KafkaConsumer<byte[], byte[]> reader(String bootstrapServers) {
    return reader(bootstrapServers, "read_committed");
  }

  /** Sees what is under way, too. */
  public static KafkaConsumer<byte[], byte[]> readerOfAll(String bootstrapServers) {
    return reader(bootstrapServers, "read_uncommitted");
  }

  private static KafkaConsumer<byte[], byte[]> reader(String bootstrapServers, String isolation) {
    Map<String, Object> config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            isolation,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest");
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Writes what it is given, without a transaction. */
  public static KafkaProducer<byte[], byte[]> writer(String bootstrapServers) {
    Map<String, Object> config = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
