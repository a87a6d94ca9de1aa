package dev.waybill.relay.cursor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A relay's records in the compacted topic that holds each lane's cursor, a partition a lane. The
 * relay's name is part of the key, so that relays of several outboxes can share the topic. Used by
 * one thread; blocks on the broker.
 */
public final class CursorRecords implements AutoCloseable {
  private final String relay;
  private final String topic;
  private final Duration limit;
  private final Consumer<byte[], byte[]> consumer;

  /**
   * Connects to nothing yet.
   *
   * @param relay the relay's name
   * @param clientConfig settings of Kafka's clients, among them the servers
   * @param limit for how long a lane's records are read
   */
  public CursorRecords(
      String relay, String topic, Map<String, Object> clientConfig, Duration limit) {
    this.relay = relay;
    this.topic = topic;
    this.limit = limit;
    this.consumer = new KafkaConsumer<>(config(clientConfig));
  }

  /** The properties of the client that reads them. */
  public static Map<String, Object> config(Map<String, Object> clientConfig) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000);
    // A client that was given records asks for the next at once; until the broker has answered
    // that, what it is asked for on the same connection waits, and so does the client's end.
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return config;
  }

  /** The key of a lane's cursor in a generation of the layout. */
  public static byte[] key(String relay, int lane, int generation) {
    return (relay + "-" + lane + (generation == 0 ? "" : "@" + generation)).getBytes(UTF_8);
  }

  /** The key of the layout, whose record is in the partition of lane 0. */
  public static byte[] layoutKey(String relay) {
    return (relay + "-lanes").getBytes(UTF_8);
  }

  /** How many partitions the topic has, and so the most lanes. */
  public int partitions() {
    return consumer.partitionsFor(topic).size();
  }

  /** The offset of the first open transaction, whoever's; the end of the partition without one. */
  public long readableEnd(int lane) {
    TopicPartition partition = partition(lane);
    return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
  }

  /**
   * The lane's last committed cursor in a generation of the layout; null when it never had one, or
   * it was deleted.
   *
   * @param end the offset to read up to, readable
   * @throws org.apache.kafka.common.KafkaException when the broker is away
   * @throws UnreadableCursorException when there is one, but of a kind that this version does not
   *     know
   */
  public @Nullable LaneCursor last(int lane, int generation, long end) {
    byte[] key = key(relay, lane, generation);
    ConsumerRecord<byte[], byte[]> last =
        last(lane, 0, end, record -> Arrays.equals(record.key(), key));
    return last == null || last.value() == null ? null : CursorFormat.decode(last.value(), lane);
  }

  /**
   * What each of a layout's lanes has committed before the first open transaction, lane 0 first.
   *
   * @throws org.apache.kafka.common.KafkaException when the broker is away
   * @throws UnreadableCursorException when a newer version has written one
   */
  public List<LaneCursor> lanes(Layout layout) {
    List<LaneCursor> lanes = new ArrayList<>();
    for (int lane = 0; lane < layout.lanes(); lane++) {
      LaneCursor last = last(lane, layout.generation(), readableEnd(lane));
      lanes.add(last == null ? LaneCursor.unwritten(layout, lane, null) : last);
    }
    return lanes;
  }

  /**
   * The layout: what was written last of it, or with lane 0's cursor. Null when there is none yet.
   *
   * @param begin the offset of lane 0's partition to read from; 0 for the whole
   * @param end the offset of lane 0's partition to read up to, readable
   * @throws org.apache.kafka.common.KafkaException when the broker is away
   * @throws UnreadableCursorException when a newer version has written it
   */
  public @Nullable Layout layout(long begin, long end) {
    byte[] layoutKey = layoutKey(relay);
    byte[] lane = key(relay, 0, 0);
    byte[] laneOf = (relay + "-0@").getBytes(UTF_8);
    ConsumerRecord<byte[], byte[]> last =
        last(
            0,
            begin,
            end,
            record ->
                record.value() != null
                    && record.key() != null
                    && (Arrays.equals(record.key(), layoutKey)
                        || Arrays.equals(record.key(), lane)
                        || startsWith(record.key(), laneOf)));
    if (last == null) {
      return null;
    }
    if (Arrays.equals(last.key(), layoutKey)) {
      return CursorFormat.decodeLayout(last.value());
    }
    Layout ofLane = CursorFormat.decode(last.value(), 0).layout();
    return ofLane.generation() == 0 ? null : ofLane;
  }

  /** The same, of all that is readable now. */
  public @Nullable Layout layout() {
    return layout(0, readableEnd(0));
  }

  private static boolean startsWith(byte[] whole, byte[] start) {
    return whole.length > start.length
        && Arrays.equals(whole, 0, start.length, start, 0, start.length);
  }

  private @Nullable ConsumerRecord<byte[], byte[]> last(
      int lane, long first, long end, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    TopicPartition partition = partition(lane);
    consumer.assign(List.of(partition));
    long begin =
        Math.max(first, consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L));
    for (long back = 64; ; back *= 16) {
      long from = Math.max(begin, end - back);
      ConsumerRecord<byte[], byte[]> last = lastIn(partition, from, end, wanted);
      if (last != null || from == begin) {
        return last;
      }
    }
  }

  private @Nullable ConsumerRecord<byte[], byte[]> lastIn(
      TopicPartition partition,
      long from,
      long end,
      Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    consumer.seek(partition, from);
    ConsumerRecord<byte[], byte[]> last = null;
    long deadline = System.nanoTime() + limit.toNanos();
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        last = wanted.test(record) ? record : last;
      }
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(
            "the cursor in " + partition + " was not read in " + limit.toSeconds() + " s");
      }
    }
    return last;
  }

  private TopicPartition partition(int lane) {
    return new TopicPartition(topic, lane);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
