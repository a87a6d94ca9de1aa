package dev.waybill.outbox;

import java.sql.SQLException;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.Query;
import org.jooq.exception.DataAccessException;

/**
 * Listens to the execution of one change, and makes of it one statement with its outbox row:
 *
 * <pre>
 * WITH change AS (... RETURNING 1)
 * INSERT INTO outbox_event (...) SELECT ... WHERE (SELECT 1 FROM change) = 1
 * </pre>
 *
 * <p>The scalar subquery runs the whole change, and so takes its lock, before the row gets its
 * number; it fails when the change has more than one row.
 *
 * <p>So jOOQ renders and binds the change alone. As a query around it, the statement would be plain
 * SQL to jOOQ, which renders that twice and searches it with regular expressions for what it does.
 */
final class RowBesideChange implements ExecuteListener {
  private static final long serialVersionUID = 1L;

  private static final String BEFORE_CHANGE = "WITH change AS (";

  private static final String AFTER_CHANGE =
      " RETURNING 1)\nINSERT INTO outbox_event ("
          + Insert.COLUMNS
          + ")\nSELECT "
          + Insert.VALUES
          + "\nWHERE (SELECT 1 FROM change) = 1";

  private final transient Query change;
  private final transient OutboxRow row;
  private final transient ChangeParameters parameters;
  private String sqlOfChange = "";
  private boolean bound;

  RowBesideChange(Query change, OutboxRow row, ChangeParameters parameters) {
    this.change = change;
    this.row = row;
    this.parameters = parameters;
  }

  @Override
  public void renderEnd(ExecuteContext execution) {
    sqlOfChange = execution.sql();
    execution.sql(BEFORE_CHANGE + sqlOfChange + AFTER_CHANGE);
  }

  @Override
  public void bindStart(ExecuteContext execution) {
    bound = true;
  }

  @Override
  public void executeStart(ExecuteContext execution) {
    if (!bound) {
      throw new IllegalStateException(
          "the change has more parameters than PostgreSQL takes, so that nothing can be bound");
    }
    try {
      Insert.bind(execution.statement(), parameters.count(sqlOfChange, change), row);
    } catch (SQLException e) {
      throw new DataAccessException("appending to outbox_event failed: " + e.getMessage(), e);
    }
  }
}
