package dev.waybill.outbox;

/**
 * Where the outbox's Flyway migrations are, and the history table they need for themselves: with
 * these, a service migrates the outbox beside its own tables, in a Flyway run of its own with
 * {@code baselineOnMigrate} and {@code baselineVersion} 0.
 */
public final class OutboxMigration {
  /** A Flyway location. */
  public static final String LOCATION = "classpath:dev/waybill/outbox/migration";

  /** The name of the history table. */
  public static final String HISTORY_TABLE = "outbox_schema_history";

  private OutboxMigration() {}
}
