package dev.waybill.producer.idempotency;

import static dev.waybill.producer.jooq.Tables.IDEMPOTENCY_KEY;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the keys whose retention is over, once a minute, in transactions of at most {@value
 * #STEP} rows. A key lives at least as long as its retention, and about a minute longer. Instances
 * do not get into each other's way: each skips the rows that another is deleting.
 */
public final class KeyExpiry implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KeyExpiry.class);

  static final int STEP = 1_000;
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration LONGEST_STEP = Duration.ofSeconds(10);

  private final DSLContext database;
  private final Duration retention;
  private final Counter expired;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread daemon = new Thread(task, "key-expiry");
            daemon.setDaemon(true);
            return daemon;
          });

  /** Starts nothing yet. */
  public KeyExpiry(DSLContext database, Duration retention, MeterRegistry metrics) {
    this.database = database;
    this.retention = retention;
    this.expired =
        Counter.builder("waybill.producer.idempotency.keys.expired")
            .description("Keys deleted because their retention was over")
            .register(metrics);
  }

  public void start() {
    var unused =
        thread.scheduleWithFixedDelay(this::quietly, 1, INTERVAL.toSeconds(), TimeUnit.SECONDS);
  }

  private void quietly() {
    try {
      long deleted = deleteExpired();
      log.debug("{} idempotency keys expired", deleted);
    } catch (RuntimeException away) {
      log.warn(
          "idempotency keys could not be expired ({}); trying again in {}",
          away.getMessage(),
          INTERVAL);
    }
  }

  /**
   * Deletes all that are expired now, step by step.
   *
   * @return how many
   */
  long deleteExpired() {
    long deleted = 0;
    int step;
    do {
      step = deleteStep();
      deleted += step;
      expired.increment(step);
    } while (step == STEP && !thread.isShutdown());
    return deleted;
  }

  private int deleteStep() {
    return database
        .deleteFrom(IDEMPOTENCY_KEY)
        .where(
            IDEMPOTENCY_KEY.KEY.in(
                database
                    .select(IDEMPOTENCY_KEY.KEY)
                    .from(IDEMPOTENCY_KEY)
                    .where(IDEMPOTENCY_KEY.CREATED_AT.lt(oldestKept()))
                    .orderBy(IDEMPOTENCY_KEY.CREATED_AT)
                    .limit(STEP)
                    .forUpdate()
                    .skipLocked()))
        .execute();
  }

  /** By the database's clock, which also wrote when each key was made. */
  private Field<Instant> oldestKept() {
    return DSL.field(
        "now() - make_interval(secs => {0})",
        SQLDataType.INSTANT, DSL.val((double) retention.toSeconds()));
  }

  /** Stops after the step in progress. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LONGEST_STEP.toSeconds(), TimeUnit.SECONDS)) {
        log.warn("a deletion of expired idempotency keys is still in progress; leaving it");
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
