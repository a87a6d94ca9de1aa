package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Slots;
import dev.waybill.relay.cursor.Snapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The statements of {@link Beginning} for a range of slots over one connection. Used by one thread.
 */
final class BeginningQueries {
  /**
   * What there is, as far as indexes tell: the lowest and the highest seq of all (null when there
   * are no rows), whether the slots have rows with transaction numbers of the future, and their
   * newest transaction otherwise. Parameters: slots (twice).
   */
  private static final String RETAINED =
      """
      SELECT pg_current_snapshot()::text AS snapshot,
             (SELECT min(seq) FROM outbox_event) AS first,
             (SELECT max(seq) FROM outbox_event) AS last,
             EXISTS (SELECT FROM outbox_event
                     WHERE slot >= ? AND slot < ? AND xid >= pg_snapshot_xmax(pg_current_snapshot()))
               AS imported,
             (SELECT xid::text FROM outbox_event
              WHERE slot >= ? AND slot < ? AND xid < pg_snapshot_xmax(pg_current_snapshot())
              ORDER BY outbox_event.xid DESC LIMIT 1) AS newest
      """;

  /**
   * Of the next stretch of rows downwards, whatever their slot: the highest seq of the slots' rows
   * with transaction numbers of the future, and the lowest seq of all. Parameters: slots, last seq.
   */
  private static final String LAST_IMPORTED =
      """
      SELECT max(seq) FILTER (
               WHERE slot >= ? AND slot < ? AND xid >= pg_snapshot_xmax(pg_current_snapshot())) AS wanted,
             min(seq) AS lowest
      FROM (SELECT seq, slot, xid FROM outbox_event
            WHERE seq <= ? ORDER BY seq DESC LIMIT 1000000) AS stretch
      """;

  private final Connection connection;
  private final Slots slots;

  BeginningQueries(Connection connection, Slots slots) {
    this.connection = connection;
    this.slots = slots;
  }

  /** What there is; without {@link Retained#importedSeq}, but with 1 where there is one. */
  Retained retained() throws SQLException {
    try (PreparedStatement statement =
            bind(RETAINED, slots.from(), slots.to(), slots.from(), slots.to());
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new Retained(
          Snapshot.parse(row.getString("snapshot")),
          row.getObject("first", Long.class),
          row.getLong("last"),
          row.getBoolean("imported") ? 1 : 0,
          row.getLong("newest"));
    }
  }

  /** What was looked for in a stretch of rows, and its lowest seq. */
  record Stretch(@Nullable Long wanted, long lowest) {}

  Stretch lastImported(long upToSeq) throws SQLException {
    try (PreparedStatement statement = bind(LAST_IMPORTED, slots.from(), slots.to(), upToSeq);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new Stretch(row.getObject("wanted", Long.class), row.getLong("lowest"));
    }
  }

  /** The lowest seq that a snapshot did not show, else the highest number there is. */
  long firstUnseen(Snapshot seen, long imported) throws SQLException {
    return new BoundsWalk(connection, slots, seen, Snapshot.EVERYTHING, imported).bounds().start();
  }

  private PreparedStatement bind(String sql, Object... parameters) throws SQLException {
    return Prepared.of(connection, sql, parameters);
  }
}
