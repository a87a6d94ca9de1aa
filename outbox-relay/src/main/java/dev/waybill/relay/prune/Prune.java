package dev.waybill.relay.prune;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.LaneCursor;
import dev.waybill.relay.cursor.Part;
import dev.waybill.relay.cursor.Slots;
import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.source.PassedLane;
import dev.waybill.relay.source.PruneStep;
import dev.waybill.relay.source.PrunedOutbox;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what every lane's committed cursor has passed and what is old enough, in steps of some
 * thousand rows, each a transaction, with a pause as long as itself after each. It may be ended at
 * any time and run again, also twice at once. Used by one thread.
 *
 * <p>A row that was not published is never deleted, whatever its times: its transaction decides,
 * which the cursor's snapshot shows or does not. The age keeps what a lane reads again when the
 * database's history changes, and what makes that change noticed: the last row published.
 */
public final class Prune {
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);

  private final PrunedOutbox outbox;
  private final LaneCursors cursors;
  private final PrintWriter out;
  private final Clock clock;

  /** Asks nothing yet. */
  public Prune(PrunedOutbox outbox, LaneCursors cursors, PrintWriter out, Clock clock) {
    this.outbox = outbox;
    this.cursors = cursors;
    this.out = out;
    this.clock = clock;
  }

  /**
   * Goes once through the rows that are old enough, and says what was done and what holds the rest.
   *
   * @param olderThan the least age
   * @param rewind how long before its cursor a lane may read again
   * @param delete false only says what would be done
   * @throws SQLException when the database is away or refuses; what was deleted until then is
   * @throws InterruptedException when interrupted in a pause; the same holds
   */
  public void run(Duration olderThan, Duration rewind, boolean delete)
      throws SQLException, InterruptedException {
    Instant cutoff = clock.instant().minus(olderThan);
    PruneReport report = new PruneReport(out, delete);
    List<PassedLane> lanes = new ArrayList<>();
    long below = outbox.firstSeqSince(cutoff);
    List<LaneCursor> stored = cursors.all();
    for (int lane = 0; lane < stored.size(); lane++) {
      for (Part part : stored.get(lane).parts()) {
        PassedLane passed = passed(lane, part, rewind, cutoff, below, report);
        lanes.add(before(stored.get(lane).waiting(), passed, report));
      }
    }
    if (stored.isEmpty()) {
      lanes.add(passed(0, new Part(Slots.ALL, null), rewind, cutoff, below, report));
    }
    walk(below, lanes, delete, report);
    report.end(cutoff, outbox.longTransaction());
  }

  /** Rows that a cursor has passed without publishing them stay, with all behind them. */
  private static PassedLane before(
      List<WaitingAggregate> waiting, PassedLane lane, PruneReport report) {
    Optional<WaitingAggregate> first =
        waiting.stream().min(Comparator.comparingLong(WaitingAggregate::firstSeq));
    if (first.isEmpty() || first.get().firstSeq() >= lane.belowSeq()) {
      return lane;
    }
    report.waits(lane.lane(), first.get());
    return new PassedLane(
        lane.lane(), lane.slots(), lane.cursor(), lane.olderThan(), first.get().firstSeq());
  }

  private PassedLane passed(
      int lane, Part part, Duration rewind, Instant cutoff, long below, PruneReport report)
      throws SQLException {
    Cursor cursor = usable(lane, part.cursor(), report);
    Instant rewound = cursor == null ? cutoff : cursor.readAt().minus(rewind);
    if (!rewound.isBefore(cutoff)) {
      return new PassedLane(lane, part.slots(), cursor, cutoff, below);
    }
    // Its last read is long ago: it goes back further.
    Instant olderThan = rewound.isBefore(Instant.EPOCH) ? Instant.EPOCH : rewound;
    return new PassedLane(lane, part.slots(), cursor, olderThan, outbox.firstSeqSince(olderThan));
  }

  private @Nullable Cursor usable(int lane, @Nullable Cursor cursor, PruneReport report)
      throws SQLException {
    if (cursor == null) {
      report.holds(lane, "it has no cursor: no relay of this RELAY_NAME has published from it");
      return null;
    }
    Optional<String> contradiction = outbox.contradicts(cursor);
    if (contradiction.isPresent()) {
      report.holds(lane, contradiction.get() + "; run the relay, which reads it again");
      return null;
    }
    report.cursor(lane, cursor);
    return cursor;
  }

  private void walk(long below, List<PassedLane> lanes, boolean delete, PruneReport report)
      throws SQLException, InterruptedException {
    long after = Long.MIN_VALUE;
    long said = System.nanoTime();
    while (true) {
      long begun = System.nanoTime();
      PruneStep step = outbox.step(after, below, lanes, delete);
      if (step == null) {
        return;
      }
      report.add(step);
      after = step.lastSeq();
      long took = System.nanoTime() - begun;
      if (delete) {
        Thread.sleep(Duration.ofNanos(took).toMillis());
      }
      if (System.nanoTime() - said > PROGRESS_EVERY.toNanos()) {
        report.progress(after);
        said = System.nanoTime();
      }
    }
  }
}
