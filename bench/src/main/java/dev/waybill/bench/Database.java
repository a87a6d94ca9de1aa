package dev.waybill.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * A database of the stage's PostgreSQL.
 *
 * @param source not pooled: each connection is a new one
 */
record Database(String name, String url, DataSource source) {

  /** What a query answers, in a session of its own; of the first row and column. */
  String value(String query) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
