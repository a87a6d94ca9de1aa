package dev.waybill.relay.source;

/**
 * The server is a hot standby. Its {@code pg_current_snapshot()} leaves out the transactions in
 * progress on the primary, so rows that commit late would be lost. Nothing was read.
 */
public final class StandbyException extends RuntimeException {
  public StandbyException() {
    super(
        "the database is a hot standby, whose snapshots do not name the transactions in progress;"
            + " point DATABASE_URL at the primary");
  }
}
