package dev.waybill.producer.database;

import dev.waybill.outbox.OutboxMigration;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the database and migrates it. Any number of instances may do so at once: a lock in the
 * database lets one migrate, and the others find it done. Flyway's own lock does not cover the
 * baseline: another instance fails on a history that has been created and is still empty.
 */
public final class DatabaseStart {
  private static final Logger log = LoggerFactory.getLogger(DatabaseStart.class);

  private static final String LOCATION = "classpath:dev/waybill/producer/migration";
  private static final String HISTORY_TABLE = "producer_schema_history";

  /** Held until its connection is closed. */
  private static final String LOCK = "SELECT pg_advisory_lock(hashtext('waybill migration'))";

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

  private final DataSource direct;

  public DatabaseStart(DataSource direct) {
    this.direct = direct;
  }

  /**
   * Returns when the database answers. One that is away, or is itself starting, is waited for; one
   * that refuses the user is not.
   *
   * @throws SQLException what the last attempt met, when {@code atMost} is over or waiting is no
   *     use
   */
  public void await(Duration atMost) throws SQLException, InterruptedException {
    long deadlineNanos = System.nanoTime() + atMost.toNanos();
    boolean said = false;
    while (true) {
      try {
        direct.getConnection().close();
        if (said) {
          log.info("the database is there");
        }
        return;
      } catch (SQLException away) {
        if (refused(away) || System.nanoTime() >= deadlineNanos) {
          throw away;
        }
        if (!said) {
          said = true;
          log.warn("no database yet ({}); trying for {}", away.getMessage(), atMost);
        }
      }
      Thread.sleep(BETWEEN_ATTEMPTS.toMillis());
    }
  }

  /**
   * Brings the outbox's tables and the service's own to this version's state.
   *
   * @throws SQLException when the lock cannot be taken; nothing is changed
   */
  public void migrate() throws SQLException {
    try (Connection lock = direct.getConnection();
        Statement statement = lock.createStatement()) {
      statement.execute(LOCK);
      migrate(OutboxMigration.LOCATION, OutboxMigration.HISTORY_TABLE);
      migrate(LOCATION, HISTORY_TABLE);
    }
  }

  private void migrate(String location, String historyTable) {
    int done =
        Flyway.configure()
            .dataSource(direct)
            .locations(location)
            .failOnMissingLocations(true)
            .table(historyTable)
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .load()
            .migrate()
            .migrationsExecuted;
    log.info("{}: {} migrations applied", historyTable, done);
  }

  /** Class 28 is invalid authorization. */
  private static boolean refused(SQLException failure) {
    return failure.getSQLState() != null && failure.getSQLState().startsWith("28");
  }
}
