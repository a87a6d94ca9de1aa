package dev.waybill.relay.lane;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.CursorFormat;
import dev.waybill.relay.cursor.LaneCursor;
import dev.waybill.relay.cursor.PublishedTopic;
import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.topic.TopicChangedException;
import dev.waybill.relay.transactions.OpenTransactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The compacted topic that holds each lane's cursor, a partition a lane. The relay's name is part
 * of the key, so that relays of several outboxes can share it. Thread-safe.
 */
final class CursorTopic {
  /**
   * For how long it is read, or waited for the end of others' transactions, before that is said.
   */
  private static final Duration READ_LIMIT = Duration.ofSeconds(10);

  private static final Duration AGAIN = Duration.ofMillis(20);

  private final String relay;
  private final String topic;
  private final PublishedTopic events;
  private final Map<String, Object> clientConfig;

  CursorTopic(Lanes.KafkaSide kafka) {
    this.relay = kafka.relay();
    this.topic = kafka.cursorTopic();
    this.events = kafka.events().identity();
    this.clientConfig = kafka.clientConfig();
  }

  ProducerRecord<byte[], byte[]> record(int lane, Cursor cursor, List<WaitingAggregate> waiting) {
    return new ProducerRecord<>(
        topic, lane, key(lane), CursorFormat.encode(new LaneCursor(cursor, events, waiting)));
  }

  /**
   * The lane's last committed cursor, or null when it never had one, or it was deleted. To be
   * called after the lane's producers were initialised, when no transaction of theirs is open any
   * more.
   *
   * <p>It is looked for in everything that was written by now, up to the high watermark. The end
   * that a {@code read_committed} reader is told lies before the first open transaction, whoever's;
   * another relay's would hide a cursor behind it. Such a one is waited for.
   *
   * @throws org.apache.kafka.common.KafkaException when the broker is away
   * @throws dev.waybill.relay.transactions.OpenTransactionException when another relay's
   *     transaction is not over yet
   * @throws dev.waybill.relay.transactions.HangingTransactionException when a transaction that is
   *     not ours will never be
   * @throws TopicChangedException when what it has published went to another topic, or to one with
   *     another number of partitions
   * @throws dev.waybill.relay.cursor.UnreadableCursorException when there is one, but of a kind
   *     that this version does not know
   */
  @Nullable LaneCursor last(int lane) {
    TopicPartition partition = new TopicPartition(topic, lane);
    try (OpenTransactions transactions = OpenTransactions.ask(clientConfig);
        Consumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(List.of(partition));
      long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
      long end = transactions.highWatermark(partition);
      awaitReadable(consumer, partition, end, transactions);
      for (long back = 64; ; back *= 16) {
        long from = Math.max(begin, end - back);
        ConsumerRecord<byte[], byte[]> last = lastIn(consumer, partition, from, end);
        if (last != null) {
          return last.value() == null ? null : ofThisTopic(CursorFormat.decode(last.value()));
        }
        if (from == begin) {
          return null;
        }
      }
    }
  }

  private LaneCursor ofThisTopic(LaneCursor found) {
    PublishedTopic before = found.topic();
    if (before != null) {
      before
          .differenceTo(events)
          .ifPresent(
              difference -> {
                throw new TopicChangedException(difference);
              });
    }
    return found;
  }

  private static void awaitReadable(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      long end,
      OpenTransactions transactions) {
    long deadline = System.nanoTime() + READ_LIMIT.toNanos();
    while (readableEnd(consumer, partition) < end) {
      if (System.nanoTime() > deadline) {
        transactions.explain(partition, Instant.now());
        return;
      }
      LockSupport.parkNanos(AGAIN.toNanos());
    }
  }

  private static long readableEnd(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
  }

  private byte[] key(int lane) {
    return key(relay, lane);
  }

  static byte[] key(String relay, int lane) {
    return (relay + "-" + lane).getBytes(UTF_8);
  }

  private @Nullable ConsumerRecord<byte[], byte[]> lastIn(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, long from, long end) {
    byte[] key = key(partition.partition());
    consumer.seek(partition, from);
    ConsumerRecord<byte[], byte[]> last = null;
    long deadline = System.nanoTime() + READ_LIMIT.toNanos();
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        last = Arrays.equals(record.key(), key) ? record : last;
      }
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(
            "the cursor in " + partition + " was not read in " + READ_LIMIT.toSeconds() + " s");
      }
    }
    return last;
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TimeUnit.SECONDS.toMillis(20));
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
