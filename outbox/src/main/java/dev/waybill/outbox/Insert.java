package dev.waybill.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jooq.Configuration;
import org.jooq.Query;
import org.jooq.RowCountQuery;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * The statements that write {@code outbox_event}. The fixed one goes straight to JDBC: rendering it
 * anew through jOOQ for each event costs more than everything else that the writer does.
 */
final class Insert {
  private static final String ROW =
      """
      INSERT INTO outbox_event (lane, event_id, aggregate_type, aggregate_id, aggregate_version,
        event_type, schema_id, payload, headers, occurred_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS jsonb), coalesce(CAST(? AS timestamptz), now()))
      """;

  /** PostgreSQL's cardinality_violation. */
  private static final String MORE_THAN_ONE_ROW = "21000";

  private Insert() {}

  static void rows(Configuration tx, List<OutboxRow> rows) {
    Connection connection = tx.connectionProvider().acquire();
    if (connection == null) {
      throw new IllegalStateException("the configuration has no connection");
    }
    try {
      if (connection.getAutoCommit()) {
        throw new IllegalStateException(
            "not in a transaction: the event would be committed without the change it tells about");
      }
      try (PreparedStatement statement = connection.prepareStatement(ROW)) {
        if (rows.size() == 1) {
          bind(statement, rows.get(0));
          statement.executeUpdate();
        } else {
          for (OutboxRow row : rows) {
            bind(statement, row);
            statement.addBatch();
          }
          statement.executeBatch();
        }
      }
    } catch (SQLException e) {
      throw new DataAccessException("appending to outbox_event failed: " + e.getMessage(), e);
    } finally {
      tx.connectionProvider().release(connection);
    }
  }

  private static void bind(PreparedStatement statement, OutboxRow row) throws SQLException {
    statement.setShort(1, row.lane());
    statement.setObject(2, row.eventId());
    statement.setString(3, row.aggregateType());
    statement.setString(4, row.aggregateId());
    statement.setLong(5, row.aggregateVersion());
    statement.setString(6, row.eventType());
    statement.setObject(7, row.schemaId(), Types.INTEGER);
    statement.setBytes(8, row.payload());
    statement.setString(9, row.headersJson());
    statement.setObject(10, row.occurredAt(), Types.TIMESTAMP_WITH_TIMEZONE);
  }

  /** How many rows the change had: 0 or 1. */
  static int changeAndRow(Configuration tx, RowCountQuery change, OutboxRow row) {
    Query statement = DSL.using(tx).query("{0}", new ChangeAndRow(change, row));
    try {
      return statement.execute();
    } catch (DataAccessException e) {
      if (MORE_THAN_ONE_ROW.equals(e.sqlState())) {
        throw new IllegalStateException(
            "the change of event " + row.eventId() + " has more than one row: nothing was written",
            e);
      }
      throw e;
    }
  }
}
