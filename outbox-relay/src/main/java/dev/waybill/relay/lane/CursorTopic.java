package dev.waybill.relay.lane;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.CursorFormat;
import dev.waybill.relay.cursor.CursorRecords;
import dev.waybill.relay.cursor.LaneCursor;
import dev.waybill.relay.cursor.PublishedTopic;
import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.topic.TopicChangedException;
import dev.waybill.relay.transactions.OpenTransactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
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

  ProducerRecord<byte[], byte[]> record(
      int lane, Cursor cursor, List<WaitingAggregate> waiting, List<UUID> quarantined) {
    return new ProducerRecord<>(
        topic,
        lane,
        CursorRecords.key(relay, lane),
        CursorFormat.encode(new LaneCursor(cursor, events, waiting, quarantined)));
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
    try (OpenTransactions transactions = OpenTransactions.ask(clientConfig);
        CursorRecords records = new CursorRecords(relay, topic, clientConfig, READ_LIMIT)) {
      long end = transactions.highWatermark(new TopicPartition(topic, lane));
      awaitReadable(records, lane, end, transactions);
      LaneCursor last = records.last(lane, end);
      return last == null ? null : ofThisTopic(last);
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
