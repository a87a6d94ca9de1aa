package dev.waybill.relay.watch;

import dev.waybill.relay.source.OutboxDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches for rows in lanes that the relay does not have, which happens when the writer was given
 * more lanes: nobody would publish them. Asks every few seconds, on a thread of its own.
 */
public final class LaneCheck implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LaneCheck.class);
  private static final Duration EVERY = Duration.ofSeconds(15);

  private final OutboxDatabase database;
  private final int lanes;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "lane-check"));
  private volatile @Nullable String problem;

  /** Asks nothing yet. */
  public LaneCheck(OutboxDatabase database, int lanes) {
    this.database = database;
    this.lanes = lanes;
  }

  /** Asks at once, and then again and again. */
  public void start() {
    var unused =
        executor.scheduleWithFixedDelay(this::check, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The rows that nobody publishes, in words; empty when there are none, as far as is known. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  private void check() {
    try {
      OptionalInt highest = database.highestLane();
      boolean orphans = highest.isPresent() && highest.getAsInt() >= lanes;
      if (orphans && problem == null) {
        log.error(
            "the outbox has rows in lane {}, but OUTBOX_LANES is {}: nobody publishes them until"
                + " the relay has as many lanes as the writer",
            highest.getAsInt(),
            lanes);
      }
      problem =
          orphans ? "rows in lane " + highest.getAsInt() + ", but OUTBOX_LANES is " + lanes : null;
    } catch (SQLException | RuntimeException away) {
      log.debug("could not ask for the highest lane; the lanes themselves report it", away);
    }
  }

  /** Asks no more. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
