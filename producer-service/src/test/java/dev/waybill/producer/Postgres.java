package dev.waybill.producer;

import dev.waybill.runtime.Settings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One PostgreSQL for all tests of the run, stopped at its end, with one service on it that most
 * tests use; its tables are emptied for each test.
 */
public final class Postgres implements BeforeAllCallback, BeforeEachCallback {
  private static volatile @Nullable EmbeddedPostgres server;
  private static volatile @Nullable Producer producer;

  /** The service that all tests share. */
  public static int sharedPort() {
    return Objects.requireNonNull(producer, "no @ExtendWith(Postgres.class)").httpPort();
  }

  public static DSLContext database() {
    return DSL.using(postgres().getPostgresDatabase(), SQLDialect.POSTGRES);
  }

  /** Settings of a service on a database of this server, on any free port. */
  static Map<String, String> settings(String databaseName) {
    return settings(databaseName, postgres().getPort());
  }

  static Map<String, String> settings(String databaseName, int port) {
    Map<String, String> settings = new HashMap<>();
    settings.put("DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + port + "/" + databaseName);
    settings.put("HTTP_HOST", "127.0.0.1");
    settings.put("HTTP_PORT", "0");
    return settings;
  }

  static EmbeddedPostgres postgres() {
    return Objects.requireNonNull(server, "no @ExtendWith(Postgres.class)");
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
    database().execute("TRUNCATE orders, idempotency_key, outbox_event");
  }

  private static AutoCloseable start() {
    try {
      EmbeddedPostgres started = EmbeddedPostgres.start();
      server = started;
      Producer service = Producer.start(new Settings(settings("postgres")));
      producer = service;
      return () -> {
        service.close();
        started.close();
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
