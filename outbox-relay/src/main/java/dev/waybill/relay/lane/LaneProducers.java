package dev.waybill.relay.lane;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Opens the transactional producers of a lane. Thread-safe. */
final class LaneProducers {
  /**
   * How many take turns in a lane. With two, the broker still wrote the markers of a producer's
   * last transaction when its next began, and let it wait 20 ms. With fewer than an old version
   * had, a new one would not fence all of its producers.
   */
  private static final int PER_LANE = 4;

  private static final int LEAST_REQUEST = 1024 * 1024;

  private final String relay;
  private final Map<String, Object> clientConfig;
  private final int maxMessageBytes;
  private final MeterRegistry metrics;

  /**
   * Opens nothing yet.
   *
   * @param relay the relay's name, first part of each transactional id
   * @param maxMessageBytes the largest record that the topic takes
   */
  LaneProducers(
      String relay, Map<String, Object> clientConfig, int maxMessageBytes, MeterRegistry metrics) {
    this.relay = relay;
    this.clientConfig = clientConfig;
    this.maxMessageBytes = maxMessageBytes;
    this.metrics = metrics;
  }

  /** Opens and initialises the lane's producers, handing each over before it is initialised. */
  void openAll(int lane, Consumer<LaneProducer> opened) {
    for (int number = 0; number < PER_LANE; number++) {
      Map<String, Object> config = config(relay + "-" + lane + "-" + number);
      KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
      opened.accept(LaneProducer.of(producer, metrics));
      producer.initTransactions();
    }
  }

  private Map<String, Object> config(String transactionalId) {
    int maxRequest = Math.max(LEAST_REQUEST, maxMessageBytes);
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
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
    config.putAll(clientConfig);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return config;
  }
}
