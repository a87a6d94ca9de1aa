package dev.waybill.console.systems;

import dev.waybill.deduplication.replay.ReplayClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** How the console's Kafka clients are configured. */
public final class KafkaClients {
  /** How long a question may take. */
  static final Duration LIMIT = Duration.ofSeconds(5);

  /** How many records one poll returns at most. */
  static final int RECORDS = 500;

  private KafkaClients() {}

  /** A reader of committed records, of no group. */
  public static Map<String, Object> consumer(Map<String, Object> clientConfig) {
    Map<String, Object> config = ReplayClients.consumer(clientConfig);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
    config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS);
    return config;
  }

  /** A writer, as {@code consumer-service replay} has it. */
  public static Map<String, Object> producer(Map<String, Object> clientConfig) {
    Map<String, Object> config = ReplayClients.producer(clientConfig);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LIMIT.toMillis());
    return config;
  }

  /** Of the questions to brokers. */
  public static Map<String, Object> admin(Map<String, Object> clientConfig) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
    return config;
  }
}
