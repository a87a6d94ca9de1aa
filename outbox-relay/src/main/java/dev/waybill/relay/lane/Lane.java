package dev.waybill.relay.lane;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.LaneCursor;
import dev.waybill.relay.cursor.Layout;
import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.source.OutboxReader;
import dev.waybill.relay.source.OutboxRow;
import dev.waybill.relay.source.Page;
import dev.waybill.relay.source.WaitingRows;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The work of one owned lane, on a thread of its own: read a page and publish it with its cursor;
 * in a backlog, read the next while that commits.
 *
 * <p>Whatever fails, the lane closes its connection and its producers, waits, opens them again and
 * goes on from the cursor that is in Kafka: so there is one way back, and it is the way a new owner
 * takes. An empty read publishes nothing; the cursor in Kafka then describes a window without rows
 * of this lane, and reading it again finds the same.
 */
final class Lane implements AutoCloseable {
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(20);
  private static final Duration CONFIRMATION = Duration.ofMillis(50);

  /** How long a transaction of the lane can hang, and hold back readers, without being noticed. */
  private static final Duration SETTLED_WITHIN = Duration.ofSeconds(30);

  /**
   * While aggregates wait, the cursor is written this often at least. So a lane without events
   * learns that it was fenced by a person who let one pass, and goes on behind that.
   */
  private static final Duration HEARD_WITHIN = Duration.ofSeconds(5);

  /** For how long a change of the lanes is left to whoever has begun it. */
  private static final Duration LEFT_TO_OTHERS = Duration.ofSeconds(10);

  /** How many rows of an aggregate that waits are published at a time. */
  private static final int TRIED_ROWS = 50;

  private final int number;
  private final LaneParts parts;
  private final Membership membership;
  private final RelayListener listener;
  private final RetryPause pause = new RetryPause();
  private final WaitingRoom room = new WaitingRoom(System.nanoTime());
  private final Thread thread;
  private volatile boolean stopping;
  private @Nullable Layout changing;
  private long changingSince;

  Lane(int number, LaneParts parts, Membership membership, RelayListener listener) {
    this.number = number;
    this.parts = parts;
    this.membership = membership;
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
    while (!stopping) {
      try {
        parts.refuseChangedTopics();
        publish();
      } catch (Exception | Error thrown) {
        LaneFailure failure = LaneFailure.of(thrown);
        if (failure.kind() == LaneFailure.Kind.FENCED) {
          listener.laneFenced(number);
        }
        if (!stopping) {
          goBack(failure);
        }
      }
    }
    listener.laneStopped(number);
  }

  private void publish() throws SQLException {
    Layout layout = parts.watch().layout().orElse(null);
    if (layout == null || layout.before() != null) {
      settle(layout);
      return;
    }
    if (number >= layout.lanes()) {
      LockSupport.parkNanos(this, CONFIRMATION.toNanos()); // The group takes it back.
      return;
    }
    try (OutboxReader reader = parts.reader(layout.slots(number));
        LanePublisher publisher = parts.publisher(number, layout, reader, room)) {
      CursorTopic.Stored found = parts.stored(number, layout);
      if (!layout.equals(found.layout())) {
        parts.watch().forget(); // It has changed since; whoever did so has closed this lane.
        return;
      }
      LaneCursor stored = found.lane();
      room.open(stored, System.nanoTime());
      listener.laneStarted(number, stored.parts().get(0).cursor());
      listener.quarantined(number, room.quarantined());
      listener.waiting(number, room.list());
      Cursor cursor =
          stored.isWhole()
              ? stored.position()
              : new Joining(number, parts, room, publisher, () -> ends(layout))
                  .joined(stored.parts(), reader);
      publishFrom(layout, cursor, reader, publisher);
    }
  }

  /** Also where nothing is published, which would be fenced. */
  private boolean ends(Layout layout) {
    return stopping || parts.watch().isNot(layout);
  }

  /**
   * Of a layout that is not there yet. Lane 0 sees to it; at once where it is the first, and else
   * when whoever has begun the change does not get it done.
   */
  private void settle(@Nullable Layout layout) throws SQLException {
    if (!Objects.equals(layout, changing)) {
      changing = layout;
      changingSince = System.nanoTime();
    }
    boolean isOverdue = System.nanoTime() - changingSince > LEFT_TO_OTHERS.toNanos();
    if (number == 0 && (layout == null || isOverdue)) {
      parts.change().complete(layout == null ? parts.change().beginFirst() : layout);
    }
    parts.watch().forget();
    LockSupport.parkNanos(this, CONFIRMATION.toNanos());
  }

  private void publishFrom(
      Layout layout, @Nullable Cursor start, OutboxReader reader, LanePublisher publisher)
      throws SQLException {
    Cursor cursor = start;
    PollPacing pacing = new PollPacing(parts.pollMax(), System.nanoTime());
    CompletableFuture<Void> committing = null;
    long settledAt = System.nanoTime();
    long publishedAt = settledAt;
    try {
      while (!ends(layout)) {
        if (cursor != null && cursor.window() == null) {
          await(committing); // A page that waits for it would be older than it.
        }
        Page page = parts.read(number, reader, cursor);
        await(committing);
        committing = null;
        if (stopping) {
          break; // What was read is left to the next owner.
        }
        parts.refuseChangedTopics();
        if (publisher.takeSlow() || System.nanoTime() - settledAt > SETTLED_WITHIN.toNanos()) {
          parts.producers().endHanging(number);
          settledAt = System.nanoTime();
        }
        List<WaitingAggregate> before = room.list();
        if (page.rewound() != null) {
          room.rewind();
        } else if (cursor != null && room.isDue(System.nanoTime())) {
          tryAgain(cursor, reader, publisher);
        }
        if (page.isToPublish()) {
          committing = publisher.publish(page);
          publishedAt = System.nanoTime();
          pacing.worked(publishedAt);
        } else if (!room.list().isEmpty()
            && System.nanoTime() - publishedAt > HEARD_WITHIN.toNanos()) {
          committing = publisher.publish(page);
          publishedAt = System.nanoTime();
        } else if (page.next().window() == null) {
          pause.reset();
          LockSupport.parkNanos(this, pacing.pauseNanos(System.nanoTime()));
        }
        cursor = page.next();
        tellOfChanges(before);
      }
    } finally {
      end(committing);
    }
  }

  /** Publishes of those that wait what can be published now. */
  private void tryAgain(Cursor cursor, OutboxReader reader, LanePublisher publisher)
      throws SQLException {
    for (WaitingAggregate one : room.toTry()) {
      if (stopping) {
        return;
      }
      Optional<OutboxRow> refused =
          reader.head(cursor, one).filter(row -> row.eventId().equals(one.eventId()));
      if (refused.isPresent() && publisher.cannotMake(refused.get())) {
        continue;
      }
      WaitingRows waiting = reader.waiting(cursor, one, TRIED_ROWS);
      publisher.release(cursor, one, waiting.rows(), waiting.more());
      if (waiting.more() != null && room.waitsFrom(waiting.more())) {
        room.goOn(System.nanoTime());
      }
    }
  }

  private void tellOfChanges(List<WaitingAggregate> before) {
    if (!room.list().equals(before)) {
      listener.waiting(number, room.list());
    }
  }

  private void await(@Nullable CompletableFuture<Void> committing) {
    if (committing != null) {
      committing.join();
      pause.reset();
    }
  }

  private static void end(@Nullable CompletableFuture<Void> committing) {
    if (committing != null) {
      committing.handle((done, failure) -> failure == null).join();
    }
  }

  private void goBack(LaneFailure failure) {
    long failedAt = System.nanoTime();
    boolean othersCanGoOn =
        failure
            .refusedEvent()
            .map(event -> room.takes(event.row(), LaneFailure.of(event)))
            .orElse(false);
    if (!othersCanGoOn) {
      waitAfter(failure, failedAt);
    }
    while (!stopping && !membership.confirmedSince(failedAt)) {
      LockSupport.parkNanos(this, CONFIRMATION.toNanos());
    }
  }

  private void waitAfter(LaneFailure failure, long failedAt) {
    Duration wait = pause.next(failure);
    listener.laneRetries(number, failure, wait);
    for (long left = wait.toNanos();
        left > 0 && !stopping;
        left = failedAt + wait.toNanos() - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
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
