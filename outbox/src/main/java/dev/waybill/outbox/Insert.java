package dev.waybill.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.ExecuteListenerProvider;
import org.jooq.RowCountQuery;
import org.jooq.conf.Settings;
import org.jooq.conf.SettingsTools;
import org.jooq.conf.StatementType;
import org.jooq.exception.DataAccessException;

/**
 * The statements that write {@code outbox_event}. What is the same for each event goes straight to
 * JDBC: rendering it anew through jOOQ costs more than everything else that the writer does.
 */
final class Insert {
  /** In the order in which {@link #bind} binds their {@link #VALUES}. */
  static final String COLUMNS =
      "slot, event_id, aggregate_type, aggregate_id, aggregate_version, event_type, schema_id,"
          + " payload, headers, occurred_at";

  static final String VALUES =
      "?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS jsonb), coalesce(CAST(? AS timestamptz), now())";

  private static final String ROW =
      "INSERT INTO outbox_event (" + COLUMNS + ") VALUES (" + VALUES + ")";

  /** PostgreSQL's cardinality_violation. */
  private static final String MORE_THAN_ONE_ROW = "21000";

  private final ChangeParameters parameters = new ChangeParameters();

  void rows(Configuration tx, List<OutboxRow> rows) {
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
          bind(statement, 0, rows.get(0));
          statement.executeUpdate();
        } else {
          for (OutboxRow row : rows) {
            bind(statement, 0, row);
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

  /**
   * Binds the row.
   *
   * @param before how many parameters the statement has before the row's
   */
  static void bind(PreparedStatement statement, int before, OutboxRow row) throws SQLException {
    statement.setShort(before + 1, row.slot());
    statement.setObject(before + 2, row.eventId());
    statement.setString(before + 3, row.aggregateType());
    statement.setString(before + 4, row.aggregateId());
    statement.setLong(before + 5, row.aggregateVersion());
    statement.setString(before + 6, row.eventType());
    statement.setObject(before + 7, row.schemaId(), Types.INTEGER);
    statement.setBytes(before + 8, row.payload());
    statement.setString(before + 9, row.headersJson());
    statement.setObject(before + 10, row.occurredAt(), Types.TIMESTAMP_WITH_TIMEZONE);
  }

  /** How many rows the change had: 0 or 1. */
  int changeAndRow(Configuration tx, RowCountQuery change, OutboxRow row) {
    // One that jOOQ keeps is not rendered again, and one with a row is not to be kept.
    change.keepStatement(false).close();
    try {
      return executing(tx, new RowBesideChange(change, row, parameters)).execute(change);
    } catch (DataAccessException e) {
      if (MORE_THAN_ONE_ROW.equals(e.sqlState())) {
        throw new IllegalStateException(
            "the change of event " + row.eventId() + " has more than one row: nothing was written",
            e);
      }
      throw e;
    }
  }

  /**
   * The caller's connection and settings, and before the listeners that are the caller's, this one:
   * they see the whole statement. It is prepared, as every statement of the outbox is.
   */
  private static DSLContext executing(Configuration tx, RowBesideChange first) {
    List<ExecuteListenerProvider> listeners = new ArrayList<>();
    listeners.add(() -> first);
    listeners.addAll(List.of(tx.executeListenerProviders()));
    Configuration own = tx.derive(listeners.toArray(ExecuteListenerProvider[]::new));
    Settings settings = own.settings();
    if (settings.getStatementType() == StatementType.STATIC_STATEMENT) {
      own =
          own.derive(
              SettingsTools.clone(settings).withStatementType(StatementType.PREPARED_STATEMENT));
    }
    return own.dsl();
  }
}
