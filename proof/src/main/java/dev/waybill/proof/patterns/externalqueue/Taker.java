package dev.waybill.proof.patterns.externalqueue;

import dev.waybill.proof.patterns.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes from the queue in its order, one after the other, and commits each when it is done. */
public final class Taker implements Worker {
  private static final Logger log = LoggerFactory.getLogger(Taker.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, Object> config;
  private final String topic;
  private final Each each;

  /** What is done with each. */
  @FunctionalInterface
  public interface Each {
    void take(ConsumerRecord<String, String> taken) throws InterruptedException;
  }

  public Taker(String bootstrapServers, String topic, Each each) {
    this.topic = topic;
    this.each = each;
    this.config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.GROUP_ID_CONFIG,
            "taker-of-" + topic,
            // The same member after a restart need not wait for its own session to end.
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            "taker",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            200);
  }

  @Override
  public void work() throws InterruptedException {
    while (true) {
      try (KafkaConsumer<String, String> queue =
          new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
        queue.subscribe(List.of(topic));
        while (true) {
          takeFrom(queue);
        }
      } catch (KafkaException failure) {
        log.warn("what is not committed is taken again", failure);
        TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
      }
    }
  }

  private void takeFrom(KafkaConsumer<String, String> queue) throws InterruptedException {
    for (ConsumerRecord<String, String> taken : queue.poll(POLL)) {
      each.take(taken);
      queue.commitSync(
          Map.of(
              new TopicPartition(topic, taken.partition()),
              new OffsetAndMetadata(taken.offset() + 1)));
    }
  }
}
