package dev.waybill.outbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One migrated PostgreSQL for all tests of the run, stopped at its end; emptied for each test. */
final class Postgres implements BeforeAllCallback, BeforeEachCallback {
  private static volatile @Nullable EmbeddedPostgres server;

  static DataSource dataSource() {
    return Objects.requireNonNull(server, "no @ExtendWith(Postgres.class)").getPostgresDatabase();
  }

  static DSLContext database() {
    return DSL.using(dataSource(), SQLDialect.POSTGRES);
  }

  static void migrate(DataSource dataSource) {
    Flyway.configure()
        .dataSource(dataSource)
        .locations(OutboxMigration.LOCATION)
        .table(OutboxMigration.HISTORY_TABLE)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(Postgres.class, key -> start(), AutoCloseable.class);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    database().execute("TRUNCATE outbox_event, outbox_schema, parcel RESTART IDENTITY");
  }

  private static AutoCloseable start() {
    try {
      EmbeddedPostgres started = EmbeddedPostgres.start();
      server = started;
      migrate(dataSource());
      database()
          .execute(
              "CREATE TABLE parcel (id text PRIMARY KEY, version bigint NOT NULL, grams bigint)");
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
