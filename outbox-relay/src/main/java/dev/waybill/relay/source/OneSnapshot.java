package dev.waybill.relay.source;

import java.sql.Connection;
import java.sql.SQLException;

/** Several statements that see the same: one transaction of a session that reads repeatably. */
final class OneSnapshot {
  private OneSnapshot() {}

  @FunctionalInterface
  interface Reads<T> {
    T read() throws SQLException;
  }

  /** When it fails, the connection is of no more use. */
  static <T> T of(Connection connection, Reads<T> reads) throws SQLException {
    connection.setAutoCommit(false);
    T read = reads.read();
    connection.setAutoCommit(true);
    return read;
  }
}
