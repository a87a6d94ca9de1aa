package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.WaitingAggregate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the rows of aggregates that wait: those that a cursor has passed without publishing them.
 * Over a connection of its own, because it is needed now and then only. Used by one thread; every
 * method blocks on the database.
 */
public final class WaitingRows implements AutoCloseable {
  /** How far one statement walks by seq: the outbox has no index by aggregate. */
  private static final long STRETCH = 1_000_000;

  /** Parameters: lane, aggregate, from seq, to seq, the cursor's snapshot, imported, rows. */
  private static final String ROWS =
      """
      SELECT seq, event_id, aggregate_id, aggregate_version, event_type, schema_id, headers,
             occurred_at, payload
      FROM outbox_event
      WHERE lane = ? AND aggregate_id = ? AND seq >= ? AND seq <= ?
        AND (pg_visible_in_snapshot(xid, ?::pg_snapshot) OR seq <= ?)
      ORDER BY seq LIMIT ?
      """;

  private static final String LAST = "SELECT coalesce(max(seq), 0) FROM outbox_event";

  private final Connection connection;
  private final int lane;

  private WaitingRows(Connection connection, int lane) {
    this.connection = connection;
    this.lane = lane;
  }

  /** Connects. */
  public static WaitingRows open(OutboxDatabase database, int lane) throws SQLException {
    return new WaitingRows(database.connect(), lane);
  }

  /**
   * The first rows of the aggregate that are not published, in order.
   *
   * @param cursor between two windows
   * @param limit how many at most
   */
  public List<OutboxRow> first(Cursor cursor, WaitingAggregate aggregate, int limit)
      throws SQLException {
    List<OutboxRow> rows = new ArrayList<>();
    long last = last();
    for (long from = aggregate.firstSeq(); from <= last && rows.size() < limit; from += STRETCH) {
      try (PreparedStatement statement = connection.prepareStatement(ROWS)) {
        statement.setInt(1, lane);
        statement.setString(2, aggregate.aggregateId());
        statement.setLong(3, from);
        statement.setLong(4, from + STRETCH - 1);
        statement.setString(5, cursor.seen().toString());
        statement.setLong(6, cursor.importedSeq());
        statement.setInt(7, limit - rows.size());
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            rows.add(RowMapper.row(row));
          }
        }
      }
    }
    return rows;
  }

  private long last() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LAST);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Disconnects. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
