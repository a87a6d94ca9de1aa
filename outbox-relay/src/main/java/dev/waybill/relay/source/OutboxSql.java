package dev.waybill.relay.source;

/**
 * The relay's statements, each of them one short transaction.
 *
 * <p>The planner must never fall back to reading the whole table because its statistics are old, as
 * those of an append-only table are after a burst. The session therefore switches off sequential
 * scans, bitmap scans and sorts, and where two indexes would do, {@code seq + 0} keeps the primary
 * key out: {@link #FRESH}, {@link #STRETCH} and {@link #LATE_SEQS} are left with the index on (xid,
 * slot), {@link #DENSE} with the primary key, whose order it asks for. With one plan for all
 * parameters, a poll does not plan at all.
 *
 * <p>Rows brought in by a dump may have transaction numbers of the future; {@code seq > imported}
 * keeps them from becoming new when those numbers are reached.
 */
final class OutboxSql {
  /**
   * Run once on each connection, and so above whatever the server, the database or the role has set
   * for it; only a statement time-out in the address, as {@code options}, stays. (Poolers refuse
   * {@code options}, or ignore them.) Without row security PostgreSQL refuses to return a part of
   * the rows for the whole.
   */
  static final String SESSION =
      """
      SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
      SET row_security = off;
      SET enable_indexscan = on;
      SET enable_seqscan = off;
      SET enable_bitmapscan = off;
      SET enable_sort = off;
      SET plan_cache_mode = force_generic_plan;
      SET jit = off;
      SELECT set_config(name, '60s', false) FROM pg_settings
      WHERE name = 'statement_timeout' AND source <> 'client'
      """;

  /**
   * Which database this is. The timeline comes from the WAL's file name because the control file
   * still shows the old one for a while after a promotion; on a standby, which has no current WAL
   * file, it is null.
   */
  static final String IDENTITY =
      """
      SELECT system_identifier::text AS system_identifier, pg_backend_pid() AS backend,
             CASE WHEN NOT pg_is_in_recovery()
                  THEN ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int
             END AS timeline
      FROM pg_control_system()
      """;

  /** The snapshot of now, and which event has a seq. Parameter: the seq. */
  static final String HISTORY =
      """
      SELECT pg_current_snapshot()::text AS snapshot,
             (SELECT event_id FROM outbox_event WHERE seq = ?) AS event_id
      """;

  /**
   * A row with its size in bytes: that of the payload, and of key, type and headers where they are
   * worth counting. Nothing is read for it that is stored apart, but headers that may be long; of
   * headers that are longer than any writer's, not even the text is made.
   */
  private static final String SIZED =
      """
      seq, event_id, aggregate_id, aggregate_version, event_type, schema_id, headers, occurred_at,
      payload, coalesce(octet_length(payload), 0)::bigint
        + CASE WHEN pg_column_size(headers)::bigint + octet_length(aggregate_id)
                      + octet_length(event_type) <= 256 THEN 0
               WHEN pg_column_size(headers) > 262144 OR octet_length(aggregate_id) > 1024
                 THEN 2147483648
               ELSE octet_length(headers::text)::bigint + octet_length(aggregate_id)
                      + octet_length(event_type)
          END AS bytes\
      """;

  /** An aggregate's id, or what stands for one that is too long to be a key. */
  private static final String AGGREGATE =
      """
      CASE WHEN octet_length(aggregate_id) <= 1024 THEN aggregate_id
           ELSE left(aggregate_id, 100) || '...' || md5(aggregate_id) END\
      """;

  /**
   * What {@link RowMapper} reads of a sized row, of which {@code readable} says whether a record
   * can be made. Otherwise only what names it: the payload stays where it is.
   */
  private static final String ROW =
      """
      seq, event_id,
      %s AS aggregate_id, aggregate_version,
      CASE WHEN readable THEN event_type ELSE left(event_type, 100) END AS event_type,
      schema_id, CASE WHEN readable THEN headers END AS headers, occurred_at, bytes\
      """
          .formatted(AGGREGATE);

  /**
   * What is visible now and was not in a snapshot, unordered, with the snapshot of now in every
   * row; one row without a seq when nothing is new, or more than fits a page. Transactions that are
   * still in progress are not even looked for: however much one has written, it costs nothing.
   *
   * <p>Parameters: slots, imported, transactions in progress, slots, imported, xmax, rows + 1,
   * rows, bytes, bytes of the largest row. Slots are two: the first, and one past the last.
   */
  static final String FRESH =
      """
      WITH fresh AS MATERIALIZED (
        SELECT %1$s, xid FROM outbox_event
        WHERE slot >= ? AND slot < ? AND seq + 0 > ? AND xid = ANY (ARRAY(
          SELECT late FROM unnest(?::xid8[]) AS late
          WHERE pg_visible_in_snapshot(late, pg_current_snapshot())))
        UNION ALL
        SELECT %1$s, xid FROM outbox_event
        WHERE slot >= ? AND slot < ? AND seq + 0 > ? AND xid >= ?::xid8
          AND xid < pg_snapshot_xmax(pg_current_snapshot())
        LIMIT ?
      ),
      total AS MATERIALIZED (
        SELECT count(*) AS found, coalesce(sum(bytes), 0) AS page_bytes,
               (SELECT xid::text FROM fresh ORDER BY fresh.xid DESC LIMIT 1) AS newest
        FROM fresh
      ),
      page AS (
        SELECT total.*, found <= ? AND (found = 1 OR page_bytes <= ?) AS fits FROM total
      )
      SELECT %2$s, CASE WHEN readable THEN payload END AS payload, found, fits, newest,
             pg_current_snapshot()::text AS snapshot, pg_backend_pid() AS backend
      FROM page LEFT JOIN (SELECT *, bytes <= ? AS readable FROM fresh) AS candidate ON fits
      """
          .formatted(SIZED, ROW);

  /**
   * Of the next rows in the order of their transactions: their lowest seq, highest seq, number and
   * newest transaction.
   *
   * <p>Parameters: slots, from transaction, before transaction, closing snapshot, imported, rows.
   */
  static final String STRETCH =
      """
      SELECT min(seq) AS first, max(seq) AS last, count(*) AS size,
             max(xid::text::bigint) AS newest
      FROM (SELECT seq, xid FROM outbox_event
            WHERE slot >= ? AND slot < ? AND xid >= ?::xid8 AND xid < ?::xid8
              AND pg_visible_in_snapshot(xid, ?::pg_snapshot) AND seq + 0 > ?
            ORDER BY xid LIMIT ?) AS stretch
      """;

  /** The next seq of any slot. Parameter: after seq. */
  static final String NEXT_SEQ = "SELECT min(seq) FROM outbox_event WHERE seq > ?";

  /**
   * Where the next rows of a window are, of the transactions that were in progress, in order of
   * seq: a million of them. They lie anywhere, and finding them is a walk through all rows of those
   * transactions, so it is not done for each page.
   *
   * <p>Parameters: slots, transactions in progress, after seq, before seq, closing snapshot,
   * imported, how many.
   */
  static final String LATE_SEQS =
      """
      SELECT seq FROM outbox_event
      WHERE slot >= ? AND slot < ? AND xid = ANY (?::xid8[]) AND seq + 0 > ? AND seq + 0 < ?
        AND pg_visible_in_snapshot(xid, ?::pg_snapshot) AND seq + 0 > ?
      ORDER BY seq + 0 LIMIT ?
      """;

  /**
   * Rows by their seqs, in order of seq. Payloads over a size are left out, which bounds what the
   * statement returns; all come with their size. (A running sum that ends the page where it is full
   * would cost as much as everything else here.)
   *
   * <p>Parameters: size, bytes of the largest row, seqs.
   */
  static final String OF_SEQS = page("WHERE seq = ANY (?::bigint[]) ORDER BY seq");

  /**
   * The next page of a window, of all its transactions, in order of seq; payloads as in {@link
   * #OF_SEQS}.
   *
   * <p>Parameters: size, bytes of the largest row, slots, after seq, last seq, transactions in
   * progress, xmax, closing snapshot, whether this window reads all retained rows, imported
   * (twice), rows.
   */
  static final String DENSE =
      page(
          """
          WHERE slot >= ? AND slot < ? AND seq > ? AND seq <= ?
            AND (xid = ANY (?::xid8[]) OR xid >= ?::xid8)
            AND CASE WHEN pg_visible_in_snapshot(xid, ?::pg_snapshot)
                     THEN ?::boolean OR seq > ?
                     ELSE ?::boolean AND seq <= ? END
          ORDER BY seq LIMIT ?\
          """);

  /**
   * Rows of one aggregate between two seqs that a cursor has passed, in order of seq. The outbox
   * has no index by aggregate; payloads as in {@link #OF_SEQS}.
   *
   * <p>Parameters: size, largest row, slots, from seq, to seq, aggregate, the cursor's snapshot,
   * how far its window is published, the window's closing snapshot, imported, rows.
   */
  static final String WAITING =
      page(
          """
          WHERE slot >= ? AND slot < ? AND seq >= ? AND seq <= ?
            AND %s = ?
            AND (pg_visible_in_snapshot(xid, ?::pg_snapshot)
                 OR (seq <= ? AND pg_visible_in_snapshot(xid, ?::pg_snapshot))
                 OR seq <= ?)
          ORDER BY seq LIMIT ?\
          """
              .formatted(AGGREGATE));

  /** Between which seqs all rows are. */
  static final String ENDS =
      """
      SELECT (SELECT min(seq) FROM outbox_event) AS first,
             (SELECT max(seq) FROM outbox_event) AS last
      """;

  /** The payloads that a page left out. Parameter: seqs. */
  static final String LARGE_PAYLOADS = "SELECT seq, payload FROM outbox_event WHERE seq = ANY (?)";

  /** The JSON of a schema. Parameter: its id. */
  static final String SCHEMA = "SELECT schema_json FROM outbox_schema WHERE schema_id = ?";

  private OutboxSql() {}

  private static String page(String rows) {
    return """
    SELECT %s, CASE WHEN readable AND octet_length(payload) <= ? THEN payload END AS payload,
           octet_length(payload) AS payload_bytes
    FROM (SELECT *, bytes <= ? AS readable FROM (SELECT %s FROM outbox_event
    %s) AS sized) AS candidate
    """
        .formatted(ROW, SIZED, rows);
  }
}
