package dev.waybill.relay.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;

/** One session of system A, which writes rows in transactions that the test ends as it likes. */
final class Writer implements AutoCloseable {
  private final Connection connection;

  Writer(DataSource database) throws SQLException {
    this.connection = database.getConnection();
    connection.setAutoCommit(false);
  }

  static Writer begin() throws SQLException {
    return new Writer(SharedServer.dataSource());
  }

  /** One committed row in slot 0. */
  static void committed(String aggregate, long version) throws SQLException {
    try (Writer writer = begin()) {
      writer.append(aggregate, version).commit();
    }
  }

  Writer append(String aggregate, long version) throws SQLException {
    return append(0, aggregate, version, 10);
  }

  Writer append(int slot, String aggregate, long version, int payloadBytes) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO outbox_event (slot, event_id, aggregate_type, aggregate_id,
                                      aggregate_version, event_type, schema_id, payload)
            VALUES (?, ?, 'thing', ?, ?, 'Happened', 1, ?)
            """)) {
      insert.setInt(1, slot);
      insert.setObject(2, UUID.randomUUID());
      insert.setString(3, aggregate);
      insert.setLong(4, version);
      insert.setBytes(5, new byte[payloadBytes]);
      insert.executeUpdate();
      return this;
    }
  }

  /** Takes a transaction number, writes nothing. */
  Writer touch() throws SQLException {
    return execute("SELECT pg_current_xact_id()");
  }

  Writer execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return this;
    }
  }

  String value(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  Savepoint savepoint() throws SQLException {
    return connection.setSavepoint();
  }

  void rollback(Savepoint savepoint) throws SQLException {
    connection.rollback(savepoint);
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  void commit() throws SQLException {
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
