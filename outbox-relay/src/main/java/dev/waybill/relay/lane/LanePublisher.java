package dev.waybill.relay.lane;

import dev.waybill.relay.RelayListener;
import dev.waybill.relay.source.OutboxRow;
import dev.waybill.relay.source.Page;
import dev.waybill.relay.topic.EventRecords;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;

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
  private final int lane;
  private final List<Producer<byte[], byte[]>> producers = new ArrayList<>();
  private final EventRecords events;
  private final CursorTopic cursors;
  private final RelayListener listener;
  private final ExecutorService commits;
  private int turn;

  /**
   * Initialises all of the lane's producers, which fences whoever owned the lane before and ends
   * the transaction that it left. Blocks until the broker has done so.
   *
   * @throws org.apache.kafka.common.KafkaException when the broker is away; nothing is left open
   */
  LanePublisher(
      int lane,
      LaneProducers producers,
      EventRecords events,
      CursorTopic cursors,
      RelayListener listener) {
    this.lane = lane;
    this.events = events;
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
   * Publishes the page and its cursor in one transaction. Sends at once; commits in the background.
   *
   * @return done when the commit was acknowledged, or failed with its exception
   * @throws SQLException or a runtime exception when a record could not be made or handed over; the
   *     transaction is open and will be aborted by {@link #close} or by the next initialisation
   */
  @SuppressWarnings("FutureReturnValueIgnored") // a send that failed fails the commit
  CompletableFuture<Void> publish(Page page) throws SQLException {
    Producer<byte[], byte[]> producer = producers.get(turn);
    turn = (turn + 1) % producers.size();
    producer.beginTransaction();
    listener.transactionBegun(lane, page);
    for (OutboxRow row : page.rows()) {
      producer.send(events.of(row));
    }
    listener.recordsSent(lane, page);
    producer.send(cursors.record(lane, page.next()));
    listener.cursorSent(lane, page);
    return CompletableFuture.runAsync(() -> commit(producer, page), commits);
  }

  private void commit(Producer<byte[], byte[]> producer, Page page) {
    long begun = System.nanoTime();
    producer.commitTransaction();
    listener.committed(lane, page, Duration.ofNanos(System.nanoTime() - begun));
  }

  /** Closes the producers; a transaction still open is not committed. */
  @Override
  public void close() {
    producers.forEach(producer -> producer.close(Duration.ZERO));
    commits.shutdown();
    try {
      commits.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
