package dev.waybill.relay.source;

import dev.waybill.runtime.PostgresSessions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where A's database is. Every connection is the caller's own, there is no pool: a lane that reads
 * over one connection knows that the server did not restart between two reads. Thread-safe.
 */
public final class OutboxDatabase {
  private final String url;
  private final @Nullable String schema;
  private final Properties properties = new Properties();
  private volatile boolean sessionsLast;

  /**
   * Connects to nothing yet.
   *
   * @param url JDBC; its parameters go before the time-outs that are set here
   * @param schema where the tables are; null where the database has only one outbox
   */
  public OutboxDatabase(
      String url, String user, @Nullable String password, @Nullable String schema) {
    this.url = url;
    this.schema = schema;
    properties.setProperty("user", user);
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.setProperty("ApplicationName", "waybill-relay");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("loginTimeout", "10");
    properties.setProperty("socketTimeout", "90");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("stringtype", "unspecified");
    // Prepared at first use, so that no poll is planned or described twice.
    properties.setProperty("prepareThreshold", "1");
  }

  /** A session that reads from a table. */
  record Session(Connection connection, OutboxTable table) {}

  /**
   * A connection whose every statement is one read-only transaction; blocks for at most 10 s.
   *
   * @throws OutboxUnreadableException when there is no outbox that can be read in full; nothing is
   *     left open
   */
  Session connect() throws SQLException {
    Connection connection = DriverManager.getConnection(url, properties);
    try (Statement settings = connection.createStatement()) {
      settings.execute(OutboxSql.SESSION);
      refuseSharedSession(connection);
      return new Session(connection, OutboxTable.found(connection, schema));
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  private void refuseSharedSession(Connection one) throws SQLException {
    if (sessionsLast) {
      return;
    }
    Properties withoutNames = new Properties();
    withoutNames.putAll(properties);
    // In a session that is shared the names of prepared statements would be taken already.
    withoutNames.setProperty("prepareThreshold", "0");
    try (Connection other = DriverManager.getConnection(url, withoutNames)) {
      if (PostgresSessions.areShared(one, other)) {
        throw OutboxUnreadableException.sharedSession();
      }
      sessionsLast = true;
    }
  }
}
