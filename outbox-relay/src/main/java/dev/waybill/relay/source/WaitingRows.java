package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.WaitingAggregate;
import java.sql.Connection;
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

  private final Connection connection;
  private final OutboxQueries queries;

  private WaitingRows(OutboxDatabase.Session session, int lane, PageLimits limits) {
    this.connection = session.connection();
    this.queries = new OutboxQueries(session, lane, limits);
  }

  /** Connects. */
  public static WaitingRows open(OutboxDatabase database, int lane, PageLimits limits)
      throws SQLException {
    return new WaitingRows(database.connect(), lane, limits);
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
    long last = queries.last();
    for (long from = aggregate.firstSeq(); from <= last && rows.size() < limit; from += STRETCH) {
      rows.addAll(
          queries.waiting(
              cursor,
              aggregate.aggregateId(),
              from,
              Math.min(last, from + STRETCH - 1),
              limit - rows.size()));
    }
    return rows;
  }

  /** Disconnects. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
