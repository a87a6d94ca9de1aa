package dev.waybill.relay.source;

import dev.waybill.outbox.OutboxMigration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL of a test's own, as durable as an installed one, that can be made to crash. */
final class Cluster implements AutoCloseable {
  private final Path folder;
  private final Map<String, String> settings;
  private @Nullable EmbeddedPostgres server;

  /** Starts it in an empty folder, or on the data that is there. */
  Cluster(Path folder, Map<String, String> settings) {
    this.folder = folder;
    this.settings = settings;
    start();
  }

  void start() {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder)
            .setCleanDataDirectory(false)
            .setPGStartupWait(Duration.ofSeconds(60))
            .setOutputRedirector(log())
            .setErrorRedirector(log())
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("autovacuum", "off");
    settings.forEach(builder::setServerConfig);
    try {
      server = builder.start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private ProcessBuilder.Redirect log() {
    return ProcessBuilder.Redirect.appendTo(
        folder.resolveSibling(folder.getFileName() + ".log").toFile());
  }

  /** Ends it as a crash would: nothing is flushed. */
  void crash() throws IOException, InterruptedException {
    String pid = Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip();
    new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
    ProcessHandle.of(Long.parseLong(pid))
        .ifPresent(
            process -> process.onExit().orTimeout(30, TimeUnit.SECONDS).handle((p, e) -> p).join());
    close();
  }

  void migrate() {
    Flyway.configure()
        .dataSource(dataSource())
        .locations(OutboxMigration.LOCATION)
        .table(OutboxMigration.HISTORY_TABLE)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }

  int port() {
    return Objects.requireNonNull(server).getPort();
  }

  DataSource dataSource() {
    return Objects.requireNonNull(server).getPostgresDatabase();
  }

  OutboxDatabase outbox() {
    return new OutboxDatabase(
        "jdbc:postgresql://127.0.0.1:" + port() + "/postgres", "postgres", null, null);
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    EmbeddedPostgres running = server;
    server = null;
    if (running != null) {
      try {
        running.close();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
