package dev.waybill.relay.lane;

import dev.waybill.relay.cursor.CursorFormat;
import dev.waybill.relay.cursor.CursorRecords;
import dev.waybill.relay.cursor.LaneCursor;
import dev.waybill.relay.cursor.Layout;
import dev.waybill.relay.cursor.PublishedTopic;
import dev.waybill.relay.topic.TopicChangedException;
import dev.waybill.runtime.transactions.OpenTransactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The topic of the cursors as the owner of a lane writes and reads it. Thread-safe. */
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

  String topic() {
    return topic;
  }

  /** Where its events go to now. */
  PublishedTopic events() {
    return events;
  }

  /** Of a lane, in its own partition. */
  ProducerRecord<byte[], byte[]> record(int lane, LaneCursor stored) {
    byte[] key = CursorRecords.key(relay, lane, stored.layout().generation());
    return new ProducerRecord<>(topic, lane, key, CursorFormat.encode(stored));
  }

  /** Of the layout, in the partition of lane 0. */
  ProducerRecord<byte[], byte[]> record(Layout layout) {
    return new ProducerRecord<>(
        topic, 0, CursorRecords.layoutKey(relay), CursorFormat.encode(layout));
  }

  /** Connects to nothing yet; the caller closes it. */
  CursorRecords records() {
    return new CursorRecords(relay, topic, clientConfig, READ_LIMIT);
  }

  /** How many lanes there can be. */
  int partitions() {
    try (CursorRecords records = records()) {
      return records.partitions();
    }
  }

  /** What is stored of a lane, and which layout there is now. */
  record Stored(@Nullable Layout layout, LaneCursor lane) {}

  /**
   * The layout now, and what is stored of a lane of one; as {@link #lane}, with the clients of one.
   */
  Stored stored(int lane, Layout layout) {
    return read(reading -> new Stored(reading.layout(), reading.lane(lane, layout)));
  }

  /** As {@link #last}, but of a lane that has none that it has published nothing. */
  LaneCursor lane(int lane, Layout layout) {
    return read(reading -> reading.lane(lane, layout));
  }

  /** What is stored of each of a layout's lanes, lane 0 first; as {@link #lane}. */
  List<LaneCursor> lanes(Layout layout) {
    return read(
        reading ->
            IntStream.range(0, layout.lanes())
                .mapToObj(lane -> reading.lane(lane, layout))
                .toList());
  }

  /** The layout; null when there is none yet. To be called, and fails, as {@link #last}. */
  @Nullable Layout layout() {
    return read(Reading::layout);
  }

  /** The lanes that a version without slots has left; null when there are none. */
  @Nullable Layout layoutWithoutSlots() {
    return read(
        reading -> {
          int lanes = 0;
          for (int lane = 0; lane < reading.records.partitions(); lane++) {
            lanes = reading.records.last(lane, 0, reading.end(lane)) == null ? lanes : lane + 1;
          }
          return lanes == 0 ? null : new Layout(0, lanes);
        });
  }

  /**
   * The lane's last committed cursor in a generation of the layout, or null when it never had one,
   * or it was deleted. To be called after the lane's producers were initialised, when no
   * transaction of theirs is open any more.
   *
   * <p>It is looked for in everything that was written by now, up to the high watermark. The end
   * that a {@code read_committed} reader is told lies before the first open transaction, whoever's;
   * another relay's would hide a cursor behind it. Such a one is waited for.
   *
   * @throws org.apache.kafka.common.KafkaException when the broker is away
   * @throws dev.waybill.runtime.transactions.OpenTransactionException when another relay's
   *     transaction is not over yet
   * @throws dev.waybill.runtime.transactions.HangingTransactionException when a transaction that is
   *     not ours will never be
   * @throws TopicChangedException when what it has published went to another topic, or to one with
   *     another number of partitions
   * @throws dev.waybill.relay.cursor.UnreadableCursorException when there is one, but of a kind
   *     that this version does not know
   */
  @Nullable LaneCursor last(int lane, int generation) {
    return read(reading -> ofThisTopic(reading.records.last(lane, generation, reading.end(lane))));
  }

  /** The clients of one reading. */
  private record Reading(CursorTopic topic, OpenTransactions transactions, CursorRecords records) {

    /** The high watermark, once everything below can be read. */
    long end(int lane) {
      long end = transactions.highWatermark(new TopicPartition(topic.topic, lane));
      topic.awaitReadable(records, lane, end, transactions);
      return end;
    }

    @Nullable Layout layout() {
      return records.layout(0, end(0));
    }

    @Nullable LaneCursor last(int lane, int generation) {
      return topic.ofThisTopic(records.last(lane, generation, end(lane)));
    }

    LaneCursor lane(int lane, Layout layout) {
      LaneCursor last = last(lane, layout.generation());
      return last == null ? LaneCursor.unwritten(layout, lane, topic.events) : last;
    }
  }

  private <T extends @Nullable Object> T read(Function<Reading, T> reading) {
    try (OpenTransactions transactions = OpenTransactions.ask(clientConfig);
        CursorRecords records = records()) {
      return reading.apply(new Reading(this, transactions, records));
    }
  }

  private @Nullable LaneCursor ofThisTopic(@Nullable LaneCursor found) {
    PublishedTopic before = found == null ? null : found.topic();
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

  private void awaitReadable(
      CursorRecords records, int lane, long end, OpenTransactions transactions) {
    long deadline = System.nanoTime() + READ_LIMIT.toNanos();
    while (records.readableEnd(lane) < end) {
      if (System.nanoTime() > deadline) {
        transactions.explain(new TopicPartition(topic, lane), Instant.now());
        return;
      }
      LockSupport.parkNanos(AGAIN.toNanos());
    }
  }
}
