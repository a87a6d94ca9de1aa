package dev.waybill.relay.lane;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares the lanes among the relay's instances with a Kafka consumer group: who is assigned a
 * partition of the cursor topic owns that lane. The consumer is a member and nothing else; its
 * partitions stay paused.
 *
 * <p>The group only keeps two instances from working on a lane for long. That no two publish is the
 * transactional producers' doing.
 */
final class LaneOwnership implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LaneOwnership.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final String topic;
  private final Map<String, Object> config;
  private final IntFunction<Lane> laneOf;
  private final Map<Integer, Lane> lanes = new TreeMap<>();
  private final Thread thread = new Thread(this::run, "lane-ownership");
  private volatile boolean stopping;
  private volatile boolean member;

  LaneOwnership(
      String relay, String topic, Map<String, Object> clientConfig, IntFunction<Lane> laneOf) {
    this.topic = topic;
    this.laneOf = laneOf;
    this.config = new HashMap<>(clientConfig);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, relay);
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, relay + "-ownership");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000);
    config.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        List.of(CooperativeStickyAssignor.class.getName()));
  }

  void start() {
    thread.start();
  }

  /** Whether this instance has joined the group, with lanes or without. */
  boolean isMember() {
    return member;
  }

  private void run() {
    while (!stopping) {
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        consumer.subscribe(List.of(topic), new Assignments(consumer));
        while (!stopping) {
          consumer.poll(POLL);
          member |= !consumer.groupMetadata().memberId().isEmpty();
        }
      } catch (KafkaException failure) {
        member = false;
        log.error(
            "left the group that shares the lanes; joining again in {} s",
            RETRY.toSeconds(),
            failure);
        stop(List.copyOf(lanes.keySet()));
        pause();
      }
    }
    stop(List.copyOf(lanes.keySet()));
  }

  private void pause() {
    long end = System.nanoTime() + RETRY.toNanos();
    for (long left = RETRY.toNanos(); left > 0 && !stopping; left = end - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
  }

  private void start(int number) {
    Lane lane = laneOf.apply(number);
    lanes.put(number, lane);
    lane.start();
  }

  private void stop(Collection<Integer> numbers) {
    List<Lane> ending =
        numbers.stream().map(lanes::remove).flatMap(lane -> Stream.ofNullable(lane)).toList();
    ending.forEach(Lane::askToStop);
    ending.forEach(Lane::close);
  }

  /** Stops the lanes, each after its transaction in progress, and leaves the group. Blocks. */
  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Assignments implements ConsumerRebalanceListener {
    private final KafkaConsumer<byte[], byte[]> consumer;

    Assignments(KafkaConsumer<byte[], byte[]> consumer) {
      this.consumer = Objects.requireNonNull(consumer);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      consumer.pause(partitions);
      partitions.forEach(partition -> start(partition.partition()));
      if (!partitions.isEmpty()) {
        log.info("owns lanes {}", lanes.keySet());
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      stop(partitions.stream().map(TopicPartition::partition).toList());
      if (!partitions.isEmpty()) {
        log.info("gave lanes up, still owns {}", lanes.keySet());
      }
    }
  }
}
