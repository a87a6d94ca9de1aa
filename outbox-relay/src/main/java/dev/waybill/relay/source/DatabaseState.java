package dev.waybill.relay.source;

import dev.waybill.relay.cursor.DatabaseIdentity;
import dev.waybill.relay.cursor.Snapshot;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What a read saw of the database besides rows. */
record DatabaseState(DatabaseIdentity identity, Snapshot snapshot) {

  /**
   * The select list that {@link #of} reads. The timeline comes from the WAL's file name because the
   * control file still shows the old one for a while after a promotion; on a standby, which has no
   * current WAL file, it is null.
   */
  static final String COLUMNS =
      """
      pg_current_snapshot()::text AS snapshot,
      (SELECT system_identifier FROM pg_control_system()) AS system_identifier,
      CASE WHEN NOT pg_is_in_recovery()
           THEN ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int
      END AS timeline
      """;

  /**
   * Reads the current row.
   *
   * @throws StandbyException when the server is in recovery
   */
  static DatabaseState of(ResultSet row) throws SQLException {
    int timeline = row.getInt("timeline");
    if (row.wasNull()) {
      throw new StandbyException();
    }
    return new DatabaseState(
        new DatabaseIdentity(row.getString("system_identifier"), timeline),
        Snapshot.parse(row.getString("snapshot")));
  }
}
