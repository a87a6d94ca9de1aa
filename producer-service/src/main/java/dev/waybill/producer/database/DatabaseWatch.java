package dev.waybill.producer.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the database once a second, through a connection of its own, whether it is there and takes
 * writes; a busy pool does not make it seem away. Going and coming back are logged once each.
 */
public final class DatabaseWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DatabaseWatch.class);

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration SILENT = Duration.ofSeconds(10);
  private static final String NEVER_ASKED = "the database was not asked yet";

  private final DataSource direct;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread daemon = new Thread(task, "database-watch");
            daemon.setDaemon(true);
            return daemon;
          });
  private @Nullable Connection connection;
  private volatile @Nullable String reason = NEVER_ASKED;
  private volatile long askedAtNanos = System.nanoTime();

  /**
   * Starts nothing yet.
   *
   * @param direct whose connections give up on a silent server after some seconds
   */
  public DatabaseWatch(DataSource direct, MeterRegistry metrics) {
    this.direct = direct;
    Gauge.builder("waybill.producer.database.up", () -> problem().isEmpty() ? 1 : 0)
        .description("1 while the database answers and takes writes, else 0")
        .register(metrics);
  }

  public void start() {
    var unused =
        thread.scheduleWithFixedDelay(this::ask, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why no request can succeed at the moment, as last seen; empty when they can. */
  public Optional<String> problem() {
    long silentNanos = System.nanoTime() - askedAtNanos;
    if (!NEVER_ASKED.equals(reason) && silentNanos > SILENT.toNanos()) {
      return Optional.of("the database has been silent for " + silentNanos / 1_000_000_000 + " s");
    }
    return Optional.ofNullable(reason);
  }

  private void ask() {
    try {
      Connection open = connection;
      if (open == null) {
        open = direct.getConnection();
        connection = open;
      }
      seen(takesWrites(open) ? null : "the database is read-only");
    } catch (SQLException | RuntimeException away) {
      disconnect();
      seen("the database is away: " + away.getMessage());
    }
  }

  private static boolean takesWrites(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("SHOW transaction_read_only")) {
      return answer.next() && "off".equals(answer.getString(1));
    }
  }

  private void seen(@Nullable String now) {
    String before = reason;
    reason = now;
    askedAtNanos = System.nanoTime();
    if (now != null && (before == null || NEVER_ASKED.equals(before))) {
      log.warn("{}; requests are answered 503 until it is back", now);
    } else if (now == null && before != null && !NEVER_ASKED.equals(before)) {
      log.info("the database is back");
    }
  }

  private void disconnect() {
    Connection broken = connection;
    connection = null;
    if (broken != null) {
      try {
        broken.close();
      } catch (SQLException alreadyBroken) {
        log.debug("a broken connection did not close", alreadyBroken);
      }
    }
  }

  /** Stops asking; returns when the last question was answered. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (thread.awaitTermination(SILENT.toSeconds(), TimeUnit.SECONDS)) {
        disconnect();
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
