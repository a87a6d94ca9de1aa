package dev.waybill.relay.source;

import dev.waybill.outbox.OutboxMigration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One migrated PostgreSQL for all tests of the run, stopped at its end; emptied for each test. */
final class SharedServer implements BeforeAllCallback, BeforeEachCallback {
  private static volatile @Nullable EmbeddedPostgres server;

  static DataSource dataSource() {
    return Objects.requireNonNull(server, "no @ExtendWith").getPostgresDatabase();
  }

  static OutboxDatabase outbox() {
    return outbox("postgres");
  }

  static OutboxDatabase outbox(String user) {
    return outbox(user, null);
  }

  static OutboxDatabase outbox(String user, @Nullable String schema) {
    return new OutboxDatabase(url(), user, null, schema);
  }

  static String url() {
    int port = Objects.requireNonNull(server).getPort();
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** Another database of the server, with the table. */
  static DataSource migrated(String name) {
    DataSource database = Objects.requireNonNull(server).getDatabase("postgres", name);
    migrate(database);
    return database;
  }

  static OutboxDatabase outboxIn(String name) {
    int port = Objects.requireNonNull(server).getPort();
    return new OutboxDatabase(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + name, "postgres", null, null);
  }

  static void execute(String sql) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String value(String sql) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(SharedServer.class, key -> start(), AutoCloseable.class);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws SQLException {
    execute("TRUNCATE outbox_event, outbox_schema RESTART IDENTITY");
  }

  private static AutoCloseable start() {
    try {
      EmbeddedPostgres started =
          EmbeddedPostgres.builder().setServerConfig("max_prepared_transactions", "10").start();
      server = started;
      migrate(dataSource());
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void migrate(DataSource database) {
    Flyway.configure()
        .dataSource(database)
        .locations(OutboxMigration.LOCATION)
        .table(OutboxMigration.HISTORY_TABLE)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }
}
