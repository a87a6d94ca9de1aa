package dev.waybill.producer.database;

import dev.waybill.outbox.OutboxMigration;
import dev.waybill.runtime.BadSettingsException;
import dev.waybill.runtime.PostgresSessions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
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

  /** Held until the transaction ends: a pooler may hand on a session, but no transaction. */
  private static final String LOCK =
      "SELECT pg_try_advisory_xact_lock(hashtext('waybill migration'))";

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

  private final DataSource direct;

  public DatabaseStart(DataSource direct) {
    this.direct = direct;
  }

  /**
   * Returns when the database answers. One that is away, or is itself starting, is waited for; one
   * that refuses the user is not.
   *
   * @throws BadSettingsException when what answers is a pooler whose sessions do not last
   * @throws SQLException what the last attempt met, when {@code atMost} is over or waiting is no
   *     use
   */
  public void await(Duration atMost) throws SQLException, InterruptedException {
    long deadlineNanos = System.nanoTime() + atMost.toNanos();
    boolean said = false;
    while (true) {
      try {
        refuseSharedSessions();
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
          log.warn("no database yet ({}); trying for {}", reason(away), atMost);
        }
      }
      Thread.sleep(BETWEEN_ATTEMPTS.toMillis());
    }
  }

  private static String reason(SQLException away) {
    Throwable cause = away.getCause();
    return cause == null ? String.valueOf(away.getMessage()) : away.getMessage() + " " + cause;
  }

  private void refuseSharedSessions() throws SQLException {
    try (Connection one = direct.getConnection();
        Connection other = direct.getConnection()) {
      if (PostgresSessions.areShared(one, other)) {
        throw new BadSettingsException(
            List.of(
                "DATABASE_URL: leads to a pooler that hands a session on after each transaction;"
                    + " time-outs and prepared statements need one that lasts"
                    + " (PgBouncer: pool_mode=session)"));
      }
    }
  }

  /**
   * Brings the outbox's tables and the service's own to this version's state. Blocks while another
   * instance does; an interrupt ends that.
   *
   * @throws SQLException when the lock cannot be taken; nothing is changed
   */
  public void migrate() throws SQLException, InterruptedException {
    try (Connection lock = direct.getConnection();
        Statement statement = lock.createStatement()) {
      lock.setAutoCommit(false);
      statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
      boolean said = false;
      while (!isTaken(statement)) {
        if (!said) {
          said = true;
          log.info("another instance migrates the database; waiting until it has");
        }
        Thread.sleep(BETWEEN_ATTEMPTS.toMillis());
      }
      migrate(OutboxMigration.LOCATION, OutboxMigration.HISTORY_TABLE);
      migrate(LOCATION, HISTORY_TABLE);
    }
  }

  private static boolean isTaken(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(LOCK)) {
      return row.next() && row.getBoolean(1);
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

  /** Class 28 is invalid authorization, 42501 a user who may not connect. */
  private static boolean refused(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && (state.startsWith("28") || state.equals("42501"));
  }
}
