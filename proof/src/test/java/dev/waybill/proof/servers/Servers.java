package dev.waybill.proof.servers;

import dev.waybill.outbox.OutboxMigration;
import dev.waybill.stack.KafkaServer;
import dev.waybill.stack.PostgresServer;
import dev.waybill.stack.StackServers;
import dev.waybill.stack.registry.RegistryServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * One PostgreSQL, one broker and one registry for all tests of the run, started by the first that
 * asks for one of them and stopped at its end. Tests keep apart by names: each takes a database of
 * its own and names its topics after it.
 *
 * <p>What they are is the run's {@link Backing}. Where its servers cannot be had, the tests are
 * left out and say why, or fail when the run requires them.
 */
public final class Servers implements BeforeAllCallback, ExecutionCondition {
  /** How long tests wait for what has to happen. */
  public static final Duration LIMIT = Duration.ofSeconds(90);

  private static final AtomicInteger names = new AtomicInteger();
  private static @Nullable StackServers running;
  private static @Nullable Path folder;

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    String reason = whyNot(context);
    return reason.isEmpty()
        ? ConditionEvaluationResult.enabled("on servers that are " + Backing.CHOSEN)
        : ConditionEvaluationResult.disabled(reason);
  }

  private static String whyNot(ExtensionContext context) {
    if (Backing.CHOSEN == Backing.EMBEDDED) {
      return AnnotationSupport.findAnnotation(context.getTestClass(), ContainersOnly.class)
          .map(only -> only.value() + "; runs in containers, with mvn verify -P containers")
          .orElse("");
    }
    String reason = Backing.CHOSEN.whyNot();
    if (Backing.REQUIRED && !reason.isEmpty()) {
      throw new IllegalStateException(reason + ", but waybill.servers.required=true");
    }
    return reason;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(Servers.class, key -> Servers::stop, AutoCloseable.class);
  }

  private static synchronized void stop() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  private static synchronized StackServers running() {
    if (running == null) {
      running = Backing.CHOSEN.start(folder());
    }
    return running;
  }

  public static PostgresServer postgres() {
    return running().postgres();
  }

  public static KafkaServer kafka() {
    return running().kafka();
  }

  /** What a consumer is told that reads what was committed. */
  public static Map<String, Object> readCommitted() {
    return Map.of(
        "bootstrap.servers", kafka().bootstrapServers(), "isolation.level", "read_committed");
  }

  public static RegistryServer registry() {
    return running().registry();
  }

  /**
   * Servers that nobody else uses, with their data or logs in the folder; the caller's to close.
   */
  public static StackServers another(Path folder) {
    return Backing.CHOSEN.start(folder);
  }

  /** For logs and state; deleted by nobody but {@code mvn clean}. */
  public static synchronized Path folder() {
    if (folder == null) {
      try {
        Path parent = Files.createDirectories(Path.of("target", "servers"));
        folder = Files.createTempDirectory(parent, "run-").toAbsolutePath();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    return folder;
  }

  /** A name that no other test of this run has. */
  public static String newName() {
    return "test_" + names.incrementAndGet();
  }

  /**
   * What a B on these servers is set by, on a free port.
   *
   * @param name what its topics, its group and its folder begin with; the events' is {@code
   *     name.events}, the group {@code name.b}, the folder {@code name-state}
   */
  public static Map<String, String> settingsOfB(String name) {
    return Map.of(
        "KAFKA_BOOTSTRAP_SERVERS",
        kafka().bootstrapServers(),
        "SCHEMA_REGISTRY_URL",
        registry().url(),
        "CONSUMER_APPLICATION_ID",
        name + ".b",
        "CONSUMER_TOPIC",
        name + ".events",
        "CONSUMER_DEAD_LETTER_TOPIC",
        name + ".dead-letters",
        "CONSUMER_NOTIFICATION_TOPIC",
        name + ".notifications",
        "CONSUMER_STATE_DIR",
        folder().resolve(name + "-state").toString(),
        "HTTP_HOST",
        "127.0.0.1",
        "HTTP_PORT",
        "0");
  }

  /**
   * What a relay is set by in a test, from the database of the test's name.
   *
   * @param name of the relay, and what its topics begin with; the events' is {@code name.events},
   *     as B's
   */
  public static Map<String, String> settingsOfRelay(String name) {
    return Map.of(
        "DATABASE_URL",
        postgres().jdbcUrl(name),
        "KAFKA_BOOTSTRAP_SERVERS",
        kafka().bootstrapServers(),
        "SCHEMA_REGISTRY_URL",
        registry().url(),
        "RELAY_NAME",
        name,
        "RELAY_TOPIC",
        name + ".events",
        "RELAY_CURSOR_TOPIC",
        name + ".cursors",
        "RELAY_DEAD_LETTER_TOPIC",
        name + ".refused",
        "HTTP_HOST",
        "127.0.0.1",
        "HTTP_PORT",
        "0");
  }

  /** An empty database, with the outbox in it; returns its JDBC URL. */
  public static String newDatabase(String name) {
    DSL.using(postgres().dataSource(), SQLDialect.POSTGRES)
        .execute("CREATE DATABASE {0}", DSL.name(name));
    String url = postgres().jdbcUrl(name);
    Flyway.configure()
        .dataSource(url, PostgresServer.USER, "")
        .locations(OutboxMigration.LOCATION)
        .table(OutboxMigration.HISTORY_TABLE)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
    return url;
  }
}
