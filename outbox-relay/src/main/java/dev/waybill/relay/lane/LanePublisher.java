package dev.waybill.relay.lane;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.LaneCursor;
import dev.waybill.relay.cursor.Layout;
import dev.waybill.relay.cursor.Part;
import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.source.OutboxRow;
import dev.waybill.relay.source.Page;
import dev.waybill.relay.topic.EventRecords;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ownership of a lane: its transactional producers, initialised, taking turns.
 *
 * <p>They take turns because a broker lets a producer begin its next transaction only after the
 * markers of its last one are written, which takes some 20 ms, but does not hold back another
 * producer. Order stays, as the next transaction begins only after the last one's commit was
 * acknowledged: {@link #publish} must not be called before the future of the last call is done.
 *
 * <p>After any failure the object is closed and another one is made, whose initialisation settles
 * what became of the open transaction. Used by one thread; commits run on a thread of their own.
 */
final class LanePublisher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LanePublisher.class);

  private static final Duration SLOW = Duration.ofSeconds(1);

  private record Prepared(OutboxRow row, ProducerRecord<byte[], byte[]> record) {}

  private final int lane;
  private final Layout layout;
  private final List<LaneProducer> producers = new ArrayList<>();
  private final EventRecords events;
  private final WaitingRoom room;
  private final CursorTopic cursors;
  private final RelayListener listener;
  private final ExecutorService commits;
  private final AtomicReference<@Nullable EventRefusedException> refused = new AtomicReference<>();
  private volatile @Nullable Producer<byte[], byte[]> open;
  private volatile boolean slow;
  private int turn;

  /**
   * Initialises all of the lane's producers, which fences whoever owned the lane before and ends
   * the transaction that it left. Blocks until the broker has done so.
   *
   * @throws org.apache.kafka.common.KafkaException when the broker is away; nothing is left open
   */
  LanePublisher(
      int lane,
      Layout layout,
      LaneProducers producers,
      EventRecords events,
      WaitingRoom room,
      CursorTopic cursors,
      RelayListener listener) {
    this.lane = lane;
    this.layout = layout;
    this.events = events;
    this.room = room;
    this.cursors = cursors;
    this.listener = listener;
    this.commits =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "lane-" + lane + "-commit"));
    try {
      producers.openAll(lane, this.producers::add);
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /**
   * Publishes the page and its cursor in one transaction. Sends at once; commits in the background
   * while a window is read, else before it returns. All records are made before the transaction
   * begins: one that waited for a registry would hold back every {@code read_committed} reader of
   * its partitions. Rows that are refused, and those behind them, are left out and noted in the
   * cursor.
   *
   * @return done when the commit was acknowledged, or failed with its exception
   * @throws SQLException or a runtime exception when a record could not be made or handed over;
   *     {@link #close} aborts the transaction if it was begun
   */
  CompletableFuture<Void> publish(Page page) throws SQLException {
    return publish(page, whole(page.next()), recordsOf(page.rows()));
  }

  /**
   * As {@link #publish(Page)}, while the lane's slots stand at different places.
   *
   * @param parts where they do once the page is published
   */
  CompletableFuture<Void> publish(Page page, List<Part> parts) throws SQLException {
    return publish(page, parts, recordsOf(page.rows()));
  }

  private List<Part> whole(Cursor cursor) {
    return List.of(new Part(layout.slots(lane), cursor));
  }

  /**
   * Publishes rows of an aggregate that has waited, as far as they are not refused again, and waits
   * for the commit.
   *
   * @param cursor stays where it is
   * @param rows the first that are not published; none when they are gone
   * @param more the one behind them; null when there is none
   */
  void release(
      Cursor cursor, WaitingAggregate aggregate, List<OutboxRow> rows, @Nullable OutboxRow more)
      throws SQLException {
    room.release(aggregate);
    List<Prepared> prepared = recordsOf(rows);
    if (more != null && !room.holds(more)) {
      room.advance(aggregate, more);
    }
    if (!prepared.isEmpty() || !room.has(aggregate)) {
      publish(new Page(rows, cursor, null), whole(cursor), prepared).join();
    }
  }

  /** Whether a record is wanted of the row, but none can be made, or not now. */
  boolean cannotMake(OutboxRow row) throws SQLException {
    if (room.leavesOut(row)) {
      return false;
    }
    try {
      ProducerRecord<byte[], byte[]> unused = events.of(row);
      return false;
    } catch (RuntimeException stillRefused) {
      log.debug("seq {} waits on", row.seq(), stillRefused);
      return true;
    }
  }

  private List<Prepared> recordsOf(List<OutboxRow> rows) throws SQLException {
    List<Prepared> records = new ArrayList<>(rows.size());
    for (OutboxRow row : rows) {
      LaneFailure refusal = room.refusal(row);
      if (room.leavesOut(row) || room.holds(row)) {
        continue; // A person let it pass, or it waits behind another one.
      }
      if (refusal != null && room.hasPlaceFor(row)) {
        room.admit(row, refusal);
      } else {
        prepare(row, records);
      }
    }
    return records;
  }

  private void prepare(OutboxRow row, List<Prepared> records) throws SQLException {
    try {
      records.add(new Prepared(row, events.of(row)));
    } catch (RuntimeException failure) {
      boolean unnamed = LaneFailure.of(failure).kind() == LaneFailure.Kind.OTHER;
      RuntimeException named = unnamed ? new EventRefusedException(row, failure) : failure;
      LaneFailure refusal = LaneFailure.of(named);
      if (!refusal.kind().isOfOneEvent() || !room.hasPlaceFor(row)) {
        throw named;
      }
      room.admit(row, refusal);
    }
  }

  private CompletableFuture<Void> publish(Page read, List<Part> parts, List<Prepared> records) {
    Page page = new Page(records.stream().map(Prepared::row).toList(), read.next(), read.rewound());
    Producer<byte[], byte[]> producer = producers.get(turn).kafka();
    turn = (turn + 1) % producers.size();
    long begun = System.nanoTime();
    producer.beginTransaction();
    open = producer;
    listener.transactionBegun(lane, page);
    send(producer, page, parts, records);
    // Nobody reads meanwhile but in a backlog; another thread would have to be woken for nothing.
    Executor committer = page.next().window() == null ? Runnable::run : commits;
    return CompletableFuture.runAsync(() -> commit(producer, page, begun), committer);
  }

  /**
   * Whether, since this was asked last, a transaction took so long that the broker may have been
   * away meanwhile and have left an earlier one open. What that one's producer writes next would
   * become a part of it.
   */
  boolean takeSlow() {
    boolean was = slow;
    slow = false;
    return was;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a send that failed fails the commit
  private void send(
      Producer<byte[], byte[]> producer, Page page, List<Part> parts, List<Prepared> records) {
    try {
      for (Prepared one : records) {
        producer.send(one.record(), (sent, failure) -> noteRefusal(one.row(), failure));
      }
      listener.recordsSent(lane, page);
      producer.send(
          cursors.record(
              lane,
              new LaneCursor(
                  layout, parts, cursors.events(), room.list(), room.quarantined(), false)));
      listener.cursorSent(lane, page);
    } catch (KafkaException failure) {
      throw explained(failure);
    }
  }

  private void commit(Producer<byte[], byte[]> producer, Page page, long begun) {
    long committing = System.nanoTime();
    try {
      producer.commitTransaction();
      open = null;
    } catch (TimeoutException | InterruptException unknown) {
      // It may be committed or not, and can neither be aborted: the next initialisation settles it.
      open = null;
      throw unknown;
    } catch (KafkaException failure) {
      throw explained(failure);
    }
    listener.committed(lane, page, Duration.ofNanos(System.nanoTime() - committing));
    if (System.nanoTime() - begun > SLOW.toNanos()) {
      slow = true;
    }
  }

  private void noteRefusal(OutboxRow row, @Nullable Exception failure) {
    if (failure instanceof RecordTooLargeException
        || failure instanceof RecordBatchTooLargeException
        || failure instanceof InvalidRecordException) {
      refused.compareAndSet(null, new EventRefusedException(row, failure));
    }
  }

  private RuntimeException explained(KafkaException failure) {
    EventRefusedException refusal = refused.get();
    return refusal == null ? failure : refusal;
  }

  /** Aborts a transaction that is still open, if the broker lets it, and closes the producers. */
  @Override
  public void close() {
    abort();
    producers.forEach(LaneProducer::close);
    commits.shutdown();
    try {
      commits.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void abort() {
    Producer<byte[], byte[]> producer = open;
    open = null;
    if (producer != null) {
      try {
        producer.abortTransaction();
      } catch (KafkaException | IllegalStateException failure) {
        log.debug("lane {}'s transaction is left to the next initialisation", lane, failure);
      }
    }
  }
}
