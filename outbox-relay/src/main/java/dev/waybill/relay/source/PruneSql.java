package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.Landmark;
import dev.waybill.relay.cursor.Snapshot;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The statements of {@link PrunedOutbox}. */
final class PruneSql {
  /** Run once, after {@link OutboxSql#SESSION}. */
  static final String SESSION =
      "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE";

  /** From one lane's entries in the index to the next lane's. */
  static final String LANES =
      """
      WITH RECURSIVE lanes AS (
        SELECT min(lane) AS lane FROM outbox_event
        UNION ALL
        SELECT (SELECT min(lane) FROM outbox_event WHERE lane > lanes.lane) FROM lanes
        WHERE lanes.lane IS NOT NULL
      )
      SELECT lane FROM lanes WHERE lane IS NOT NULL
      """;

  static final String ENDS =
      """
      SELECT (SELECT min(seq) FROM outbox_event) AS first,
             (SELECT max(seq) FROM outbox_event) AS last
      """;

  /**
   * Judges the next rows and deletes those that are passed. A row is published when the lane's
   * snapshot shows its transaction, or when a dump brought it and it was read with the first rows.
   *
   * <p>Parameters: of each lane number, snapshot, imported, landmark, time and seq; after seq,
   * below seq, whether to delete.
   */
  static final String STEP =
      """
      WITH passed AS MATERIALIZED (
        SELECT lane, seen::pg_snapshot AS seen, imported, landmark, older_than, below
        FROM unnest(?::int[], ?::text[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::bigint[])
          AS lanes (lane, seen, imported, landmark, older_than, below)
      ),
      step AS MATERIALIZED (
        SELECT seq, lane, xid, occurred_at FROM outbox_event
        WHERE seq > ? AND seq < ? ORDER BY seq LIMIT 5000
      ),
      judged AS MATERIALIZED (
        SELECT step.seq, step.lane,
               CASE WHEN passed.lane IS NULL THEN 'NO_CURSOR'
                    WHEN NOT pg_visible_in_snapshot(step.xid, passed.seen)
                         AND step.seq > passed.imported THEN 'UNPUBLISHED'
                    WHEN step.seq = passed.landmark THEN 'LANDMARK'
                    WHEN step.seq >= passed.below
                         OR step.occurred_at >= passed.older_than
                            AND step.occurred_at <= now() + interval '1 day' THEN 'YOUNG'
                    ELSE 'PASSED' END AS verdict
        FROM step LEFT JOIN passed USING (lane)
      ),
      deleted AS (
        DELETE FROM outbox_event
        WHERE seq IN (SELECT seq FROM judged WHERE verdict = 'PASSED' AND ?)
      )
      SELECT lane, verdict, count(*) AS rows, max(seq) AS last FROM judged GROUP BY lane, verdict
      """;

  /** Other roles' are shown to those who have the right {@code pg_read_all_stats}. */
  static final String LONG_TRANSACTION =
      """
      SELECT who || ' has been open since ' || date_trunc('second', since)
      FROM (
        SELECT 'the transaction of process ' || pid || ' (' || application_name || ')' AS who,
               xact_start AS since
        FROM pg_stat_activity WHERE backend_xid IS NOT NULL
        UNION ALL
        SELECT 'the prepared transaction ' || gid, prepared FROM pg_prepared_xacts
        WHERE database = current_database()
      ) AS open
      WHERE since < now() - interval '1 hour'
      ORDER BY since LIMIT 1
      """;

  private PruneSql() {}

  /** Binds what {@link #STEP} wants of the lanes, from the first parameter on. */
  static void bind(PreparedStatement statement, List<PassedLane> lanes) throws SQLException {
    bind(statement, 1, "int4", lanes, PassedLane::lane);
    bind(statement, 2, "text", lanes, lane -> lane.cursor().seen().toString());
    bind(statement, 3, "int8", lanes, lane -> imported(lane.cursor()));
    bind(statement, 4, "int8", lanes, lane -> seq(lane.cursor().landmark()));
    bind(statement, 5, "text", lanes, lane -> lane.olderThan().toString());
    bind(statement, 6, "int8", lanes, PassedLane::belowSeq);
  }

  /** While the first rows are being read, those that a dump brought are not all published. */
  private static long imported(Cursor cursor) {
    return cursor.window() != null && cursor.seen().equals(Snapshot.NOTHING)
        ? Long.MIN_VALUE
        : OutboxQueries.after(cursor.importedSeq());
  }

  private static @Nullable Long seq(@Nullable Landmark landmark) {
    return landmark == null ? null : landmark.seq();
  }

  private static void bind(
      PreparedStatement statement,
      int index,
      String type,
      List<PassedLane> lanes,
      Function<PassedLane, @Nullable Object> value)
      throws SQLException {
    @Nullable Object[] values = new @Nullable Object[lanes.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.apply(lanes.get(i));
    }
    statement.setArray(index, statement.getConnection().createArrayOf(type, values));
  }
}
