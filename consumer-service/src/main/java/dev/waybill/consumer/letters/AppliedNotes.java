package dev.waybill.consumer.letters;

import dev.waybill.deduplication.LetterAction;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes actions into the topic of the dead letters. One that is lost is no harm: it is found out
 * again, or was only remembered for less long. Connects when there is the first. Thread-safe.
 */
final class AppliedNotes implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AppliedNotes.class);
  private static final Duration CLOSES_WITHIN = Duration.ofSeconds(5);

  private final Supplier<Producer<byte[], byte[]>> clients;
  private @Nullable Producer<byte[], byte[]> producer;
  private boolean isClosed;

  /**
   * Connects to nothing yet.
   *
   * @param clients opens a producer with the properties of {@link #config}
   */
  AppliedNotes(Supplier<Producer<byte[], byte[]>> clients) {
    this.clients = clients;
  }

  /** The properties of the client that writes. */
  static Map<String, Object> config(String clientId, Map<String, Object> clientConfig) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return config;
  }

  /** Sends it; blocks for some seconds while Kafka is away. */
  synchronized void write(LetterAction action) {
    if (isClosed) {
      return;
    }
    Producer<byte[], byte[]> open = producer;
    if (open == null) {
      open = clients.get();
      producer = open;
    }
    var unused =
        open.send(
            action.toRecord(),
            (written, failure) -> {
              if (failure != null) {
                log.warn(
                    "the topic of the dead letters does not say that {} took effect: {}",
                    action.letter(),
                    failure.toString());
              }
            });
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    if (producer != null) {
      producer.close(CLOSES_WITHIN);
    }
  }
}
