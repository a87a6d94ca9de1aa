package dev.waybill.proof.faults;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two sessions, serializable, that write to the newest orders without changing them, one from the
 * first to the last and one from the last to the first, over and over: they meet in deadlocks with
 * each other and find rows that A has changed meanwhile.
 */
final class Contention {
  private static final Logger log = LoggerFactory.getLogger(Contention.class);
  private static final long PAUSE_MILLIS = 5;

  private final DataSource database;
  private final ExecutorService sessions = Executors.newFixedThreadPool(2);
  private volatile boolean enough;

  private Contention(DataSource database) {
    this.database = database;
  }

  static Contention begin(DataSource database) {
    Contention contention = new Contention(database);
    contention.sessions.execute(() -> contention.session(false));
    contention.sessions.execute(() -> contention.session(true));
    return contention;
  }

  private void session(boolean backwards) {
    int committed = 0;
    int failed = 0;
    while (!enough) {
      try {
        transaction(backwards);
        committed++;
      } catch (SQLException deadlockOrChanged) {
        log.debug("a session of somebody else's begins anew", deadlockOrChanged);
        failed++;
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    log.info("somebody else's session: {} transactions committed, {} failed", committed, failed);
  }

  private void transaction(boolean backwards) throws SQLException, InterruptedException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      List<UUID> orders = newest(connection);
      if (backwards) {
        Collections.reverse(orders);
      }
      try (PreparedStatement touch =
          connection.prepareStatement(
              "UPDATE orders SET updated_at = updated_at WHERE order_id = ?")) {
        for (UUID order : orders) {
          touch.setObject(1, order);
          touch.executeUpdate();
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
      }
      connection.commit();
    }
  }

  private static List<UUID> newest(Connection connection) throws SQLException {
    List<UUID> orders = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT order_id FROM orders ORDER BY order_id DESC LIMIT 30")) {
      while (rows.next()) {
        orders.add(rows.getObject(1, UUID.class));
      }
    }
    return orders;
  }

  /** Blocks until both have ended. */
  void end() throws InterruptedException {
    enough = true;
    sessions.shutdown();
    if (!sessions.awaitTermination(20, TimeUnit.SECONDS)) {
      sessions.shutdownNow();
    }
  }
}
