package dev.waybill.relay.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The two cursors that are often used instead, to show what they do to the same rows. */
final class NaiveCursors {
  private long lastSeq;

  /** Everything from transactions older than the oldest one in progress. */
  static List<String> belowXmin() throws SQLException {
    return new NaiveCursors()
        .query(
            """
            SELECT seq, aggregate_id || ':' || aggregate_version FROM outbox_event
            WHERE xid < pg_snapshot_xmin(pg_current_snapshot()) AND seq > ? ORDER BY seq
            """);
  }

  /** Everything above the highest number seen so far. */
  List<String> aboveLastSeq() throws SQLException {
    return query(
        """
        SELECT seq, aggregate_id || ':' || aggregate_version FROM outbox_event
        WHERE seq > ? ORDER BY seq
        """);
  }

  private List<String> query(String sql) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = SharedServer.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, lastSeq);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          lastSeq = row.getLong(1);
          names.add(row.getString(2));
        }
      }
      return names;
    }
  }
}
