package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Slots;
import dev.waybill.relay.cursor.Snapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Finds where the rows of a window lie by walking through its transactions, however many there are:
 * no statement reads more than a stretch, unless a single transaction has written more. To be done
 * in one snapshot. Used by one thread.
 */
final class BoundsWalk {
  private static final int STRETCH = 1_000_000;

  private final Connection connection;
  private final Slots slots;
  private final Snapshot seen;
  private final Snapshot upTo;
  private final long imported;
  private final int stretch;

  /**
   * Reads nothing yet.
   *
   * @param seen the snapshot that does not show the rows
   * @param upTo the one that shows them
   * @param imported rows up to this seq are left out
   */
  BoundsWalk(Connection connection, Slots slots, Snapshot seen, Snapshot upTo, long imported) {
    this(connection, slots, seen, upTo, imported, STRETCH);
  }

  BoundsWalk(
      Connection connection,
      Slots slots,
      Snapshot seen,
      Snapshot upTo,
      long imported,
      int stretch) {
    this.connection = connection;
    this.slots = slots;
    this.seen = seen;
    this.upTo = upTo;
    this.imported = imported;
    this.stretch = stretch;
  }

  /**
   * Some rows; without any, the lowest seq is the highest number there is, and the other way round.
   */
  private record Found(long first, long last, long size, long newest) {
    static final Found NOTHING = new Found(Long.MAX_VALUE, Long.MIN_VALUE, 0, 0);

    Found and(Found other) {
      return new Found(
          Math.min(first, other.first),
          Math.max(last, other.last),
          size + other.size,
          Math.max(newest, other.newest));
    }
  }

  Bounds bounds() throws SQLException {
    Found late = Found.NOTHING;
    for (long xid : seen.inProgress()) {
      if (xid < upTo.xmax() && !upTo.inProgress().contains(xid)) {
        late = late.and(between(xid, xid + 1));
      }
    }
    Found others = between(seen.xmax(), upTo.xmax());
    Found all = late.and(others);
    return new Bounds(late.first, others.first, all.last, all.size, all.newest);
  }

  /**
   * Transactions that a stretch ends within are counted twice: what is wanted is where rows lie.
   */
  private Found between(long firstXid, long endXid) throws SQLException {
    Found all = Found.NOTHING;
    long from = firstXid;
    int most = stretch;
    while (true) {
      Found next = stretch(from, endXid, most);
      all = all.and(next);
      if (next.size < most) {
        return all;
      }
      most = next.newest == from ? Math.multiplyExact(most, 2) : stretch;
      from = next.newest;
    }
  }

  private Found stretch(long fromXid, long endXid, int most) throws SQLException {
    try (PreparedStatement statement =
            Prepared.of(
                connection,
                OutboxSql.STRETCH,
                slots.from(),
                slots.to(),
                Long.toString(fromXid),
                Long.toString(endXid),
                upTo.toString(),
                OutboxQueries.after(imported),
                most);
        ResultSet row = statement.executeQuery()) {
      row.next();
      long size = row.getLong("size");
      return size == 0
          ? Found.NOTHING
          : new Found(row.getLong("first"), row.getLong("last"), size, row.getLong("newest"));
    }
  }
}
