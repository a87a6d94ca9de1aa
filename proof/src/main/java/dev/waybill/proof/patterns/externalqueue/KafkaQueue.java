package dev.waybill.proof.patterns.externalqueue;

import dev.waybill.proof.patterns.Booking;
import dev.waybill.proof.patterns.Steps;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A topic as a queue: a booking's key is its account. A step on the way is {@link #QUEUED}.
 * Thread-safe.
 */
public final class KafkaQueue {
  /** Kafka has it. */
  public static final String QUEUED = "Kafka has it";

  private final String topic;
  private final Steps steps;
  private final KafkaProducer<String, String> producer;

  public KafkaQueue(String bootstrapServers, String topic, Steps steps) {
    this.topic = topic;
    this.steps = steps;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.LINGER_MS_CONFIG, 0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_500,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 1_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 1_500,
                CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200),
            new StringSerializer(),
            new StringSerializer());
  }

  /**
   * Blocks until Kafka has it.
   *
   * @throws IOException when Kafka has not said so in time; it may have it all the same
   */
  public void put(Booking booking) throws IOException, InterruptedException {
    steps.note("sent to Kafka", booking.id());
    try {
      producer.send(new ProducerRecord<>(topic, booking.account(), booking.text())).get();
    } catch (ExecutionException | KafkaException failure) {
      throw new IOException("Kafka has not said that it has it: " + failure.getMessage(), failure);
    }
    steps.at(QUEUED, booking.id());
  }
}
