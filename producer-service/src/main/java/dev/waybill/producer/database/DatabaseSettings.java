package dev.waybill.producer.database;

import dev.waybill.runtime.PostgresLogin;
import dev.waybill.runtime.Settings;
import java.time.Duration;

/**
 * Where the database is, and how long anything that waits for it may take.
 *
 * @param poolWait how long a request waits for a connection
 * @param lockTimeout how long a statement waits for a lock
 * @param statementTimeout how long a statement may take, waits included; above {@code lockTimeout}
 * @param startWait how long a start waits for a database that is away
 */
public record DatabaseSettings(
    PostgresLogin login,
    int poolSize,
    Duration poolWait,
    Duration lockTimeout,
    Duration statementTimeout,
    Duration startWait) {

  /** Reads {@code DATABASE_...}; the caller verifies. */
  public static DatabaseSettings from(Settings settings) {
    DatabaseSettings database =
        new DatabaseSettings(
            PostgresLogin.from(settings),
            settings.integer("DATABASE_POOL_SIZE", 10, 1, 500),
            wait(settings, "DATABASE_POOL_WAIT", 2),
            wait(settings, "DATABASE_LOCK_TIMEOUT", 2),
            wait(settings, "DATABASE_STATEMENT_TIMEOUT", 5),
            settings.duration(
                "DATABASE_START_WAIT", Duration.ofMinutes(1), Duration.ZERO, Duration.ofHours(1)));
    if (database.lockTimeout.compareTo(database.statementTimeout) >= 0) {
      settings.reject(
          "DATABASE_LOCK_TIMEOUT must be below DATABASE_STATEMENT_TIMEOUT, which would end every"
              + " wait for a lock first");
    }
    return database;
  }

  private static Duration wait(Settings settings, String name, int seconds) {
    // Below 250 ms the pool would take another value than the one that was set.
    return settings.duration(
        name, Duration.ofSeconds(seconds), Duration.ofMillis(250), Duration.ofMinutes(5));
  }
}
