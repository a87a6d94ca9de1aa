package dev.waybill.proof.lab;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.outbox.OutboxMigration;
import dev.waybill.proof.lab.ledger.B;
import dev.waybill.proof.lab.ledger.Committed;
import dev.waybill.proof.lab.ledger.Told;
import dev.waybill.stack.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The database of a pattern: A's tables in one schema, B's in another. Thread-safe. */
final class Store implements AutoCloseable {
  /** Where orders of the load are booked. */
  static final int BRANCH = 1;

  /** Where the lab's own are booked, whose row it locks. */
  static final int LOCKED_BRANCH = 2;

  /** That is not there. */
  static final int NO_BRANCH = 404;

  private static final int CONNECTIONS = 4;

  private static final String TABLES =
      """
      CREATE SCHEMA a;
      CREATE TABLE a.business_day (open boolean NOT NULL);
      INSERT INTO a.business_day VALUES (true);
      CREATE TABLE a.branch (id int PRIMARY KEY);
      INSERT INTO a.branch VALUES (1), (2);
      CREATE TABLE a.account (
        id text PRIMARY KEY, balance bigint NOT NULL DEFAULT 0, version bigint NOT NULL DEFAULT 0);
      CREATE TABLE a.booking (
        id uuid PRIMARY KEY, account text NOT NULL, version bigint NOT NULL, amount bigint NOT NULL,
        branch int NOT NULL REFERENCES a.branch DEFERRABLE INITIALLY DEFERRED);
      CREATE TABLE a.job (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        booking text NOT NULL, due timestamptz NOT NULL DEFAULT now());
      CREATE SCHEMA b;
      CREATE TABLE b.effect (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        booking uuid NOT NULL, account text NOT NULL, version bigint NOT NULL);
      CREATE INDEX ON b.effect (booking);
      CREATE TABLE b.effect_once (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        booking uuid NOT NULL UNIQUE, account text NOT NULL, version bigint NOT NULL);
      """;

  private static final String MICROS =
      "(extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000000)::bigint";

  private final HikariDataSource database;

  private Store(HikariDataSource database) {
    this.database = database;
  }

  /** Creates the database and its tables. */
  static Store create(PostgresServer postgres, Variant variant, List<String> accounts)
      throws SQLException {
    execute(postgres.dataSource(), "CREATE DATABASE " + variant.identifier());
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(postgres.jdbcUrl(variant.identifier()));
    config.setUsername(PostgresServer.USER);
    config.setMaximumPoolSize(CONNECTIONS);
    HikariDataSource source = new HikariDataSource(config);
    Store store = new Store(source);
    execute(source, TABLES);
    try (Connection connection = source.getConnection();
        var insert = connection.prepareStatement("INSERT INTO a.account (id) VALUES (?)")) {
      for (String account : accounts) {
        insert.setString(1, account);
        insert.addBatch();
      }
      insert.executeBatch();
    }
    if (variant.has(Variant.Part.RELAY)) {
      Flyway.configure()
          .dataSource(source)
          .locations(OutboxMigration.LOCATION)
          .table(OutboxMigration.HISTORY_TABLE)
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .load()
          .migrate();
    }
    return store;
  }

  private static void execute(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  Connection open() throws SQLException {
    return database.getConnection();
  }

  /** How many bookings are there of which B has no effect in its own database. */
  long untold() throws SQLException {
    return number(
        """
        SELECT count(*) FROM a.booking
        WHERE NOT EXISTS (SELECT FROM b.effect WHERE booking = a.booking.id)
        """);
  }

  long committedCount() throws SQLException {
    return number("SELECT count(*) FROM a.booking");
  }

  long effectCount() throws SQLException {
    return number("SELECT count(*) FROM b.effect");
  }

  /** Whether a session waits for a lock. */
  boolean somebodyWaits() throws SQLException {
    return number(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'
              AND backend_type = 'client backend'
            """)
        > 0;
  }

  boolean hasBooking(UUID id) throws SQLException {
    return number("SELECT count(*) FROM a.booking WHERE id = '" + id + "'") > 0;
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** What committed in A. */
  List<Committed> committed() throws SQLException {
    List<Committed> bookings = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT id, account, version, " + MICROS + " FROM a.booking ORDER BY 4")) {
      while (row.next()) {
        bookings.add(
            new Committed(
                row.getObject(1, UUID.class), row.getString(2), row.getLong(3), row.getLong(4)));
      }
    }
    return bookings;
  }

  /** What took effect in a B. */
  List<Told> told(B b) throws SQLException {
    String table = b == B.RECOGNISING ? "b.effect_once" : "b.effect";
    List<Told> effects = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT booking, account, version, %s FROM %s ORDER BY number"
                    .formatted(MICROS, table))) {
      while (row.next()) {
        effects.add(
            new Told(
                b, row.getObject(1, UUID.class), row.getString(2), row.getLong(3), row.getLong(4)));
      }
    }
    return effects;
  }

  @Override
  public void close() {
    database.close();
  }
}
