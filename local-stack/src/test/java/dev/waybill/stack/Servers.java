package dev.waybill.stack;

import dev.waybill.outbox.OutboxMigration;
import dev.waybill.stack.registry.LocalRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One PostgreSQL, one broker and one registry for all tests of the run, stopped at its end. Tests
 * keep apart by names: each takes a database of its own and names its topics after it.
 */
public final class Servers implements BeforeAllCallback {
  private static final AtomicInteger names = new AtomicInteger();
  private static volatile @Nullable Servers running;

  private final Path folder;
  private final LocalPostgres postgres;
  private final LocalKafka kafka;
  private final LocalRegistry registry;

  /** For JUnit, which makes one for each class; the servers are started by the first. */
  public Servers() {
    this(null, null, null, null);
  }

  @SuppressWarnings("NullAway") // the extension itself has no servers
  private Servers(
      @Nullable Path folder,
      @Nullable LocalPostgres postgres,
      @Nullable LocalKafka kafka,
      @Nullable LocalRegistry registry) {
    this.folder = folder;
    this.postgres = postgres;
    this.kafka = kafka;
    this.registry = registry;
  }

  public static LocalPostgres postgres() {
    return running().postgres;
  }

  public static LocalKafka kafka() {
    return running().kafka;
  }

  public static LocalRegistry registry() {
    return running().registry;
  }

  /** For logs and state; deleted by nobody but {@code mvn clean}. */
  public static Path folder() {
    return running().folder;
  }

  /** A name that no other test of this run has. */
  public static String newName() {
    return "test_" + names.incrementAndGet();
  }

  /** An empty database, with the outbox in it; returns its JDBC URL. */
  public static String newDatabase(String name) {
    LocalPostgres postgres = postgres();
    DSL.using(postgres.dataSource(), SQLDialect.POSTGRES)
        .execute("CREATE DATABASE {0}", DSL.name(name));
    String url = "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + name;
    Flyway.configure()
        .dataSource(url, LocalPostgres.USER, "")
        .locations(OutboxMigration.LOCATION)
        .table(OutboxMigration.HISTORY_TABLE)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
    return url;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(Servers.class, key -> start(), AutoCloseable.class);
  }

  private static Servers running() {
    return Objects.requireNonNull(running, "no @ExtendWith(Servers.class)");
  }

  private static AutoCloseable start() {
    try {
      Path parent = Files.createDirectories(Path.of("target", "servers"));
      Path folder = Files.createTempDirectory(parent, "run-").toAbsolutePath();
      LocalPostgres postgres =
          LocalPostgres.start(
              folder.resolve("postgres"), 0, Map.of("max_prepared_transactions", "10"));
      LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"), 0);
      LocalRegistry registry = LocalRegistry.start(folder.resolve("registry.json"), 0);
      running = new Servers(folder, postgres, kafka, registry);
      return () -> {
        registry.close();
        kafka.close();
        postgres.close();
      };
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
