package dev.waybill.outbox;

import java.util.List;
import org.jooq.Context;
import org.jooq.Param;
import org.jooq.RowCountQuery;
import org.jooq.impl.CustomQueryPart;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * A change of one row and its outbox row as one statement:
 *
 * <pre>
 * WITH change AS (... RETURNING 1)
 * INSERT INTO outbox_event (...) SELECT ... WHERE (SELECT 1 FROM change) = 1
 * </pre>
 *
 * <p>The scalar subquery runs the whole change, and so takes its lock, before the row gets its
 * number; it fails when the change has more than one row. A part that renders itself, because jOOQ
 * would parse a template of this length anew for each event.
 */
final class ChangeAndRow extends CustomQueryPart {
  private static final long serialVersionUID = 1L;

  private static final String BEFORE_CHANGE = "WITH change AS (";

  private static final String AFTER_CHANGE =
      """
       RETURNING 1)
      INSERT INTO outbox_event (lane, event_id, aggregate_type, aggregate_id, aggregate_version,
        event_type, schema_id, payload, headers, occurred_at)
      SELECT\s""";

  private static final String AFTER_VALUES =
      """

      WHERE (SELECT 1 FROM change) = 1
      """;

  private final RowCountQuery change;
  private final transient OutboxRow row;

  ChangeAndRow(RowCountQuery change, OutboxRow row) {
    this.change = change;
    this.row = row;
  }

  @Override
  public void accept(Context<?> context) {
    context.sql(BEFORE_CHANGE).visit(change).sql(AFTER_CHANGE);
    values().forEach(value -> context.visit(value).sql(", "));
    context.sql("CAST(").visit(DSL.val(row.headersJson())).sql(" AS jsonb), coalesce(CAST(");
    context
        .visit(DSL.val(row.occurredAt(), SQLDataType.TIMESTAMPWITHTIMEZONE))
        .sql(" AS timestamptz), now())")
        .sql(AFTER_VALUES);
  }

  private List<Param<?>> values() {
    return List.of(
        DSL.val(row.lane(), SQLDataType.SMALLINT),
        DSL.val(row.eventId(), SQLDataType.UUID),
        DSL.val(row.aggregateType(), SQLDataType.CLOB),
        DSL.val(row.aggregateId(), SQLDataType.CLOB),
        DSL.val(row.aggregateVersion(), SQLDataType.BIGINT),
        DSL.val(row.eventType(), SQLDataType.CLOB),
        DSL.val(row.schemaId(), SQLDataType.INTEGER),
        DSL.val(row.payload(), SQLDataType.BLOB));
  }
}
