package dev.waybill.relay.lane;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Opens the transactional producers of a lane. Thread-safe. */
final class LaneProducers {
  /** How many take turns in a lane; a third brought nothing more. */
  private static final int PER_LANE = 2;

  private final String relay;
  private final Map<String, Object> clientConfig;
  private final Consumer<KafkaProducer<?, ?>> observer;

  /**
   * Opens nothing yet.
   *
   * @param relay the relay's name, first part of each transactional id
   * @param observer told of each producer, for its metrics
   */
  LaneProducers(
      String relay, Map<String, Object> clientConfig, Consumer<KafkaProducer<?, ?>> observer) {
    this.relay = relay;
    this.clientConfig = clientConfig;
    this.observer = observer;
  }

  /** Opens and initialises the lane's producers, handing each over before it is initialised. */
  void openAll(int lane, Consumer<Producer<byte[], byte[]>> opened) {
    for (int number = 0; number < PER_LANE; number++) {
      KafkaProducer<byte[], byte[]> producer = producer(relay + "-" + lane + "-" + number);
      opened.accept(producer);
      observer.accept(producer);
      producer.initTransactions();
    }
  }

  private KafkaProducer<byte[], byte[]> producer(String transactionalId) {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 32L * 1024 * 1024);
    // A commit flushes at once; until then, lingering only makes fuller batches.
    config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    // A transaction that nobody ends holds back every read_committed reader for this long.
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 20_000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
    config.putAll(clientConfig);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
