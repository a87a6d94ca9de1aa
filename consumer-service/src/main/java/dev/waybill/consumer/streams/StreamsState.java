package dev.waybill.consumer.streams;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Kafka Streams runs, and how far it is with restoring. Thread-safe. */
public final class StreamsState implements KafkaStreams.StateListener, StateRestoreListener {
  private static final Logger log = LoggerFactory.getLogger(StreamsState.class);

  private record Restoring(long to, long left) {}

  private final Map<TopicPartition, Restoring> restoring = new ConcurrentHashMap<>();
  private volatile KafkaStreams.State state = KafkaStreams.State.CREATED;

  /** Why queries and events wait, in words; empty when they do not. */
  public Optional<String> notRunning() {
    if (state == KafkaStreams.State.RUNNING) {
      return Optional.empty();
    }
    if (restoring.isEmpty()) {
      return Optional.of("Kafka Streams is " + state);
    }
    long left = restoring.values().stream().mapToLong(Restoring::left).sum();
    return Optional.of(
        "restoring %s store partitions, %s changelog offsets to go"
            .formatted(restoring.size(), left));
  }

  @Override
  public void onChange(KafkaStreams.State newState, KafkaStreams.State oldState) {
    state = newState;
    if (newState == KafkaStreams.State.ERROR) {
      log.error("Kafka Streams stopped for good; restart this instance");
    } else {
      log.info("Kafka Streams is {}, was {}", newState, oldState);
    }
  }

  @Override
  public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
    restoring.put(partition, new Restoring(to, to - from));
  }

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long at, long count) {
    restoring.computeIfPresent(
        partition, (key, before) -> new Restoring(before.to(), Math.max(0, before.to() - at)));
  }

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long total) {
    restoring.remove(partition);
  }

  @Override
  public void onRestoreSuspended(TopicPartition partition, String store, long total) {
    restoring.remove(partition);
  }
}
