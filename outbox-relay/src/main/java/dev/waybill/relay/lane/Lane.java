package dev.waybill.relay.lane;

import dev.waybill.relay.RelayListener;
import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.source.OutboxReader;
import dev.waybill.relay.source.Page;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * The work of one owned lane, on a thread of its own: read a page, publish it with its cursor, and
 * read the next while that commits.
 *
 * <p>Whatever fails, the lane closes its producers, waits, initialises them again and goes on from
 * the cursor that is in Kafka: so there is one way back, and it is the way a new owner takes. An
 * empty read moves the cursor in memory only; the one in Kafka then describes a window without rows
 * of this lane, and reading it again finds the same.
 */
final class Lane implements AutoCloseable {
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(20);

  private final int number;
  private final OutboxReader reader;
  private final Supplier<LanePublisher> publishers;
  private final CursorTopic cursors;
  private final Duration pollMax;
  private final RelayListener listener;
  private final Thread thread;
  private volatile boolean stopping;

  Lane(
      int number,
      OutboxReader reader,
      Supplier<LanePublisher> publishers,
      CursorTopic cursors,
      Duration pollMax,
      RelayListener listener) {
    this.number = number;
    this.reader = reader;
    this.publishers = publishers;
    this.cursors = cursors;
    this.pollMax = pollMax;
    this.listener = listener;
    this.thread = new Thread(this::run, "lane-" + number);
  }

  void start() {
    thread.start();
  }

  /** Makes the lane stop without waiting for it. */
  void askToStop() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    RetryPause pause = new RetryPause();
    while (!stopping) {
      try (LanePublisher publisher = publishers.get()) {
        Cursor cursor = cursors.last(number);
        listener.laneStarted(number, cursor);
        publishFrom(cursor, publisher, pause);
      } catch (Exception failure) {
        if (!stopping) {
          retryLater(unwrapped(failure), pause);
        }
      }
    }
    listener.laneStopped(number);
  }

  private void publishFrom(@Nullable Cursor start, LanePublisher publisher, RetryPause pause)
      throws SQLException {
    Cursor cursor = start;
    PollPacing pacing = new PollPacing(pollMax, System.nanoTime());
    CompletableFuture<Void> committing = CompletableFuture.completedFuture(null);
    try {
      while (!stopping) {
        Page page = read(cursor);
        committing.join();
        pause.reset();
        if (page.rows().isEmpty()) {
          LockSupport.parkNanos(this, pacing.pauseNanos(System.nanoTime()));
        } else {
          committing = publisher.publish(page);
          pacing.worked(System.nanoTime());
        }
        cursor = page.next();
      }
    } finally {
      settle(committing);
    }
  }

  private Page read(@Nullable Cursor cursor) throws SQLException {
    long begun = System.nanoTime();
    Page page = reader.read(number, cursor);
    listener.pageRead(number, page, Duration.ofNanos(System.nanoTime() - begun));
    return page;
  }

  private static void settle(CompletableFuture<Void> committing) {
    committing.handle((done, failure) -> failure == null).join();
  }

  private void retryLater(Exception failure, RetryPause pause) {
    if (fenced(failure)) {
      listener.laneFenced(number);
    }
    Duration wait = pause.next(failure);
    listener.laneRetries(number, failure, wait);
    long end = System.nanoTime() + wait.toNanos();
    for (long left = wait.toNanos(); left > 0 && !stopping; left = end - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
  }

  static boolean fenced(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return true;
      }
    }
    return false;
  }

  private static Exception unwrapped(Exception failure) {
    return failure instanceof CompletionException && failure.getCause() instanceof Exception cause
        ? cause
        : failure;
  }

  /**
   * Stops after the transaction in progress is settled. Blocks, for at most {@link #SETTLE_LIMIT};
   * after that the lane is interrupted and its transaction left to be aborted by the next owner.
   */
  @Override
  public void close() {
    askToStop();
    try {
      thread.join(SETTLE_LIMIT.toMillis());
      if (thread.isAlive()) {
        thread.interrupt();
      }
    } catch (InterruptedException interrupted) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
