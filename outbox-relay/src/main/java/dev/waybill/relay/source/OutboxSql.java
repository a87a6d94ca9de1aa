package dev.waybill.relay.source;

/**
 * The relay's statements, each of them one short transaction.
 *
 * <p>The planner must never fall back to reading the whole table because its statistics are old, as
 * those of an append-only table are after a burst. The session therefore switches off sequential
 * scans, bitmap scans and sorts: {@link #PROBE} is left with the index on (lane, xid), {@link
 * #PAGE} with the primary key, whose order it asks for; and with one plan for all parameters, a
 * poll does not plan at all.
 */
final class OutboxSql {
  /** Run once on each connection. */
  static final String SESSION =
      """
      SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
      SET enable_seqscan = off;
      SET enable_bitmapscan = off;
      SET enable_sort = off;
      SET plan_cache_mode = force_generic_plan;
      SET jit = off;
      SET statement_timeout = '60s'
      """;

  private static final String ROW =
      """
      seq, event_id, aggregate_id, aggregate_version, event_type, schema_id, headers, occurred_at,
      payload
      """;

  static final String STATE = "SELECT " + DatabaseState.COLUMNS;

  /**
   * What is visible now and was not in the cursor's snapshot, unordered, with the database's state
   * in every row (one row without a seq when nothing is new). The payloads are left out when there
   * are more of them than fit a page.
   *
   * <p>Parameters: lane, transactions in progress, lane, xmax, rows + 1, bytes.
   */
  static final String PROBE =
      """
      WITH state AS MATERIALIZED (SELECT %s),
      fresh AS MATERIALIZED (
        SELECT * FROM (
          SELECT %s FROM outbox_event WHERE lane = ? AND xid = ANY (?::xid8[])
          UNION ALL
          SELECT %s FROM outbox_event
          WHERE lane = ? AND xid >= ?::xid8 AND xid < pg_snapshot_xmax(pg_current_snapshot())
        ) AS either
        LIMIT ?
      ),
      sized AS (
        SELECT fresh.*, sum(coalesce(octet_length(payload), 0)) OVER () AS bytes,
               count(*) OVER () AS found
        FROM fresh
      )
      SELECT seq, event_id, convert_to(aggregate_id, 'UTF8') AS aggregate_id, aggregate_version,
             event_type, schema_id, headers::text, occurred_at,
             CASE WHEN bytes <= ? OR found = 1 THEN payload END AS payload,
             bytes, found, state.*
      FROM state LEFT JOIN sized ON true
      """
          .formatted(DatabaseState.COLUMNS, ROW, ROW);

  /**
   * The first and last seq of the window between two snapshots.
   *
   * <p>Parameters: lane, transactions in progress, closing snapshot, lane, xmax, closing snapshot
   * (twice).
   */
  static final String WINDOW =
      """
      SELECT min(seq) AS first, max(seq) AS last FROM (
        SELECT seq FROM outbox_event
        WHERE lane = ? AND xid = ANY (?::xid8[]) AND pg_visible_in_snapshot(xid, ?::pg_snapshot)
        UNION ALL
        SELECT seq FROM outbox_event
        WHERE lane = ? AND xid >= ?::xid8 AND xid < pg_snapshot_xmax(?::pg_snapshot)
          AND pg_visible_in_snapshot(xid, ?::pg_snapshot)
      ) AS either
      """;

  /**
   * The retained rows from a time on. Parameters: the time, lane. (Rare, so it may read them all.)
   */
  static final String RETAINED =
      """
      SELECT min(seq) FILTER (WHERE occurred_at >= ?) AS first, max(seq) AS last
      FROM outbox_event WHERE lane = ?
      """;

  /**
   * The next page of a window, in order of seq.
   *
   * <p>A row whose transaction number lies in the future was brought in from another cluster by a
   * dump; it belongs to the window that reads all retained rows, and to no other.
   *
   * <p>Parameters: lane, after seq, last seq, transactions in progress, xmax, closing snapshot,
   * whether this window reads all retained rows, rows, bytes.
   */
  static final String PAGE =
      """
      SELECT seq, event_id, convert_to(aggregate_id, 'UTF8') AS aggregate_id, aggregate_version,
             event_type, schema_id, headers::text, occurred_at, payload
      FROM (
        SELECT page.*,
               sum(coalesce(octet_length(payload), 0)) OVER (ORDER BY seq)
                 - coalesce(octet_length(payload), 0) AS bytes_before
        FROM (
          SELECT %s FROM outbox_event
          WHERE lane = ? AND seq > ? AND seq <= ?
            AND (xid = ANY (?::xid8[]) OR xid >= ?::xid8)
            AND (pg_visible_in_snapshot(xid, ?::pg_snapshot)
                 OR ?::boolean AND xid >= pg_snapshot_xmax(pg_current_snapshot()))
          ORDER BY seq LIMIT ?
        ) AS page
      ) AS sized
      WHERE bytes_before < ?
      ORDER BY seq
      """
          .formatted(ROW);

  /** The JSON of a schema. Parameter: its id. */
  static final String SCHEMA = "SELECT schema_json FROM outbox_schema WHERE schema_id = ?";

  /** The highest lane that has rows. */
  static final String HIGHEST_LANE = "SELECT max(lane) FROM outbox_event";

  private OutboxSql() {}
}
