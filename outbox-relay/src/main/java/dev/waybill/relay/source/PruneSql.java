package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.Landmark;
import dev.waybill.relay.cursor.Snapshot;
import dev.waybill.relay.cursor.Window;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The statements of {@link PrunedOutbox}. */
final class PruneSql {
  /** Run once, after {@link OutboxSql#SESSION}. */
  static final String SESSION =
      "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE";

  /**
   * Judges the next rows and deletes those that are passed. A row is published when the lane's
   * snapshot shows its transaction, or that of an open window does which has come so far. A row
   * that a dump brought is published with the first window.
   *
   * <p>Parameters: of each lane number, slots, snapshot, imported, landmark, time, seq, and of its
   * window snapshot, after seq and whether it is the first; after seq, below seq, whether to
   * delete.
   */
  static final String STEP =
      """
      WITH passed AS MATERIALIZED (
        SELECT lane, from_slot, to_slot, seen::pg_snapshot AS seen, imported, landmark, older_than, below,
               up_to::pg_snapshot AS up_to, reached, is_first
        FROM unnest(?::int[], ?::int[], ?::int[], ?::text[], ?::bigint[], ?::bigint[],
                    ?::timestamptz[], ?::bigint[], ?::text[], ?::bigint[], ?::boolean[])
          AS lanes (lane, from_slot, to_slot, seen, imported, landmark, older_than, below, up_to, reached, is_first)
      ),
      step AS MATERIALIZED (
        SELECT seq, slot, xid, occurred_at FROM outbox_event
        WHERE seq > ? AND seq < ? ORDER BY seq LIMIT 5000
      ),
      judged AS MATERIALIZED (
        SELECT step.seq, passed.lane,
               CASE WHEN passed.seen IS NULL THEN 'NO_CURSOR'
                    WHEN NOT (pg_visible_in_snapshot(step.xid, passed.seen)
                              OR step.seq <= passed.reached
                                 AND pg_visible_in_snapshot(step.xid, passed.up_to)
                              OR step.seq <= passed.imported
                                 AND (NOT passed.is_first OR step.seq <= passed.reached))
                      THEN 'UNPUBLISHED'
                    WHEN step.seq = passed.landmark THEN 'LANDMARK'
                    WHEN step.seq >= passed.below
                         OR step.occurred_at >= passed.older_than
                            AND step.occurred_at <= now() + interval '1 day' THEN 'YOUNG'
                    ELSE 'PASSED' END AS verdict
        FROM step JOIN passed ON slot >= from_slot AND slot < to_slot
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
    bind(statement, 2, "int4", lanes, lane -> lane.slots().from());
    bind(statement, 3, "int4", lanes, lane -> lane.slots().to());
    bind(statement, 4, "text", lanes, of(cursor -> cursor.seen().toString()));
    bind(statement, 5, "int8", lanes, of(cursor -> OutboxQueries.after(cursor.importedSeq())));
    bind(statement, 6, "int8", lanes, of(cursor -> seq(cursor.landmark())));
    bind(statement, 7, "text", lanes, lane -> lane.olderThan().toString());
    bind(statement, 8, "int8", lanes, PassedLane::belowSeq);
    bind(statement, 9, "text", lanes, of(cursor -> window(cursor).upTo().toString()));
    bind(statement, 10, "int8", lanes, of(cursor -> window(cursor).afterSeq()));
    bind(statement, 11, "bool", lanes, of(PruneSql::isFirst));
  }

  /** Null of a lane without a cursor. */
  private static Function<PassedLane, @Nullable Object> of(
      Function<Cursor, @Nullable Object> value) {
    return lane -> {
      Cursor cursor = lane.cursor();
      return cursor == null ? null : value.apply(cursor);
    };
  }

  /** The cursor's window; one that has come nowhere when none is open. */
  private static Window window(Cursor cursor) {
    Window window = cursor.window();
    return window == null
        ? new Window(Snapshot.NOTHING, Instant.EPOCH, Long.MIN_VALUE, Long.MIN_VALUE, 0)
        : window;
  }

  private static boolean isFirst(Cursor cursor) {
    return cursor.window() != null && cursor.seen().equals(Snapshot.NOTHING);
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
