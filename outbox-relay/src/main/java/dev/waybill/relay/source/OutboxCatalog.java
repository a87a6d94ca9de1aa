package dev.waybill.relay.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalInt;
import javax.sql.DataSource;

/** What the relay asks of A's database besides new rows. Thread-safe, blocking. */
public final class OutboxCatalog {
  private final DataSource database;

  public OutboxCatalog(DataSource database) {
    this.database = database;
  }

  /**
   * The JSON of a schema that rows were written with.
   *
   * @throws IllegalStateException when there is no such schema, which no writer of Waybill's leaves
   */
  public String schemaJson(int schemaId) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(OutboxSql.SCHEMA)) {
      statement.setInt(1, schemaId);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("outbox_schema has no schema_id " + schemaId);
        }
        return row.getString(1);
      }
    }
  }

  /** The highest lane that has a row; empty when there is no row. */
  public OptionalInt highestLane() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(OutboxSql.HIGHEST_LANE);
        ResultSet row = statement.executeQuery()) {
      row.next();
      int lane = row.getInt(1);
      return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(lane);
    }
  }
}
