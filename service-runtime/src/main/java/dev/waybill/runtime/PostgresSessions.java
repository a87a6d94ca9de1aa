package dev.waybill.runtime;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Tells whether connections to a PostgreSQL have sessions of their own. */
public final class PostgresSessions {
  private PostgresSessions() {}

  /**
   * Whether two connections that are open share a session, as a pooler lends out that hands
   * sessions on after each transaction. Blocks.
   */
  public static boolean areShared(Connection one, Connection other) throws SQLException {
    return backend(one) == backend(other);
  }

  private static int backend(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }
}
