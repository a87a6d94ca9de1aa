package dev.waybill.relay.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Finds from which seq on rows are as young as a time, without an index on the time and without
 * reading them all: by bisecting, because on the whole times grow with seq. As they do not do so
 * strictly, the rows before that place are looked through in stretches, too, for as long as there
 * are young ones among them. Later times than a bound tell nothing. No statement reads more than a
 * stretch. Used by one thread.
 */
final class RecentRows {
  /**
   * Whether any of the next hundred rows, of whatever slot, occurred between two times. Parameters:
   * the times, the first seq.
   */
  private static final String RECENT_NEAR =
      """
      SELECT coalesce(bool_or(occurred_at >= ? AND occurred_at <= ?), false) AS recent
      FROM (SELECT occurred_at FROM outbox_event WHERE seq >= ? ORDER BY seq LIMIT 100) AS near
      """;

  /**
   * The first seq of a row that occurred between two times. Parameters: the times, the first seq.
   */
  private static final String NEXT_RECENT =
      """
      SELECT seq FROM outbox_event
      WHERE occurred_at >= ? AND occurred_at <= ? AND seq >= ?
      ORDER BY seq LIMIT 1
      """;

  /**
   * Of the next stretch of rows downwards: the lowest seq of those that occurred between two times,
   * and the lowest of all. Parameters: the times, the last seq.
   */
  private static final String FIRST_RECENT =
      """
      SELECT min(seq) FILTER (WHERE occurred_at >= ? AND occurred_at <= ?) AS wanted,
             min(seq) AS lowest
      FROM (SELECT seq, occurred_at FROM outbox_event
            WHERE seq <= ? ORDER BY seq DESC LIMIT 1000000) AS stretch
      """;

  private static final long NEAR_ENOUGH = 1_000;

  private final Connection connection;
  private final OffsetDateTime from;
  private final OffsetDateTime until;

  /** Reads nothing yet. */
  RecentRows(Connection connection, Instant from, Instant until) {
    this.connection = connection;
    this.from = OffsetDateTime.ofInstant(from, ZoneOffset.UTC);
    this.until = OffsetDateTime.ofInstant(until, ZoneOffset.UTC);
  }

  /**
   * The seq from which on there are young rows; null when there are none.
   *
   * @param first the lowest seq of all
   * @param last the highest seq of all
   */
  @Nullable Long firstSeq(long first, long last) throws SQLException {
    long old = first;
    long young = last;
    while (young - old > NEAR_ENOUGH || young - old < 0) {
      long middle = (old & young) + ((old ^ young) >> 1);
      if (isRecentNear(middle)) {
        young = middle;
      } else {
        old = middle;
      }
    }
    return walkBack(young);
  }

  private @Nullable Long walkBack(long start) throws SQLException {
    Long found = next(start);
    long upTo = start - 1;
    while (true) {
      try (PreparedStatement statement = bind(FIRST_RECENT, upTo);
          ResultSet row = statement.executeQuery()) {
        row.next();
        Long younger = row.getObject("wanted", Long.class);
        if (younger == null) {
          return found;
        }
        found = younger;
        upTo = row.getLong("lowest") - 1;
      }
    }
  }

  private boolean isRecentNear(long seq) throws SQLException {
    try (PreparedStatement statement = bind(RECENT_NEAR, seq);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getBoolean("recent");
    }
  }

  private @Nullable Long next(long seq) throws SQLException {
    try (PreparedStatement statement = bind(NEXT_RECENT, seq);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getObject("seq", Long.class) : null;
    }
  }

  private PreparedStatement bind(String sql, long seq) throws SQLException {
    return Prepared.of(connection, sql, from, until, seq);
  }
}
