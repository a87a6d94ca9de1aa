package dev.waybill.consumer.letters;

import dev.waybill.consumer.belongings.FirstRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic of the dead letters into the index, on a thread of its own and in no group: all
 * instances read all of it. Of each partition it begins with what may be the newest letters that
 * the index keeps. Where it fails it goes on from where it was.
 */
final class LetterFollower implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LetterFollower.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration LOOK_ROUND = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final String topic;
  private final Supplier<Consumer<byte[], byte[]>> clients;
  private final LetterIndex index;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private Map<TopicPartition, Long> toRead = Map.of();
  private volatile @Nullable Consumer<byte[], byte[]> open;
  private volatile boolean isRead;
  private boolean away;

  /**
   * Reads nothing yet.
   *
   * @param clients opens a consumer with the properties of {@link #config}
   */
  LetterFollower(String topic, Supplier<Consumer<byte[], byte[]>> clients, LetterIndex index) {
    this.topic = topic;
    this.clients = clients;
    this.index = index;
    this.thread = new Thread(this::run, "dead-letters");
    thread.setDaemon(true);
  }

  /** The properties of the client that follows. */
  static Map<String, Object> config(String clientId, Map<String, Object> clientConfig) {
    Map<String, Object> config = FirstRecord.config(clientId, clientConfig);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 << 20);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 2_000); // Idle, it asks rarely.
    return config;
  }

  void start() {
    thread.start();
  }

  /** Whether the index has all that was in the topic when this began. */
  boolean isRead() {
    return isRead;
  }

  private void run() {
    while (stopping.getCount() > 0) {
      try (Consumer<byte[], byte[]> consumer = clients.get()) {
        open = consumer;
        follow(consumer);
      } catch (WakeupException stop) {
        log.debug("follows the dead letters no more");
      } catch (RuntimeException failure) {
        if (!away) {
          log.warn(
              "cannot read the dead letters, and tries on; what is shown of them may be old: {}",
              failure.toString());
          away = true;
        }
        pause();
      }
    }
  }

  private void pause() {
    try {
      boolean unusedStopping = stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      stopping.countDown();
    }
  }

  private void follow(Consumer<byte[], byte[]> consumer) {
    lookRound(consumer);
    long lookAt = System.nanoTime() + LOOK_ROUND.toNanos();
    while (stopping.getCount() > 0) {
      step(consumer);
      if (System.nanoTime() - lookAt > 0) {
        lookRound(consumer);
        lookAt = System.nanoTime() + LOOK_ROUND.toNanos();
      }
    }
  }

  /** Takes in what has come. */
  void step(Consumer<byte[], byte[]> consumer) {
    consumer
        .poll(POLL)
        .forEach(
            record -> {
              index.add(record);
              next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            });
    if (!isRead
        && toRead.entrySet().stream()
            .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
      isRead = true;
    }
    if (away) {
      log.info("the dead letters can be read again");
      away = false;
    }
  }

  /** Takes in new partitions, lets go of what retention has deleted, and notices a new topic. */
  void lookRound(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = partitions(consumer);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    boolean isAnother =
        next.entrySet().stream().anyMatch(at -> ends.getOrDefault(at.getKey(), 0L) < at.getValue());
    if (isAnother) {
      log.warn("topic {} was made again; what was known of its letters is forgotten", topic);
      index.clear();
      next.clear();
    }
    index.dropBelow(begins);
    for (TopicPartition partition : partitions) {
      long begin = begins.getOrDefault(partition, 0L);
      long first = ends.getOrDefault(partition, 0L) - LetterIndex.MOST;
      if (!next.containsKey(partition) && first > begin) {
        index.leftOut();
      }
      long start = Math.max(begin, first);
      next.compute(partition, (key, at) -> at == null ? start : Math.max(begin, at));
    }
    if (isAnother || !consumer.assignment().equals(next.keySet())) {
      consumer.assign(next.keySet());
      next.forEach(consumer::seek);
    }
    if (!isRead) {
      toRead = ends;
    }
  }

  private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw new UnknownTopicOrPartitionException("topic " + topic + " does not exist");
    }
    return found.stream().map(one -> new TopicPartition(topic, one.partition())).toList();
  }

  @Override
  public void close() {
    stopping.countDown();
    Consumer<byte[], byte[]> reading = open;
    if (reading != null) {
      reading.wakeup();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
