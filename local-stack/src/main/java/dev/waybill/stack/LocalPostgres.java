package dev.waybill.stack;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL from Maven artifacts, on 127.0.0.1; as durable as an installed one ({@code
 * fsync} and {@code synchronous_commit} are on). Its data stays in its folder. Thread-safe.
 */
public final class LocalPostgres implements PostgresServer {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final long KILL_SECONDS = 30;

  private final Path folder;
  private final int port;
  private final Map<String, String> settings = new TreeMap<>();
  private @Nullable EmbeddedPostgres server;

  private LocalPostgres(Path folder, int port, Map<String, String> settings) {
    this.folder = folder;
    this.port = port;
    this.settings.put("listen_addresses", "127.0.0.1");
    this.settings.put("fsync", "on");
    this.settings.put("full_page_writes", "on");
    this.settings.put("synchronous_commit", "on");
    this.settings.put("max_connections", "100");
    this.settings.putAll(settings);
  }

  /**
   * Starts a server; blocks until it answers.
   *
   * @param port 0 for any free one
   */
  public static LocalPostgres start(Path folder, int port) {
    return start(folder, port, Map.of());
  }

  /** Starts a server with these lines in its configuration; blocks until it answers. */
  public static LocalPostgres start(Path folder, int port, Map<String, String> settings) {
    LocalPostgres postgres = new LocalPostgres(folder, Ports.orFree(port), settings);
    postgres.start();
    return postgres;
  }

  @Override
  public synchronized void start() {
    try {
      Path parent = Files.createDirectories(folder.toAbsolutePath().getParent()).toRealPath();
      EmbeddedPostgres.Builder builder =
          EmbeddedPostgres.builder()
              .setPort(port)
              .setDataDirectory(parent.resolve(folder.getFileName()))
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setLocaleConfig("locale", "C") // that of the shell may not be installed
              .setPGStartupWait(START_LIMIT)
              .setOutputRedirector(logFile())
              .setErrorRedirector(logFile());
      settings.forEach(builder::setServerConfig);
      server = builder.start();
    } catch (IOException failure) {
      throw new UncheckedIOException("PostgreSQL did not start, see " + log(), failure);
    }
  }

  private ProcessBuilder.Redirect logFile() {
    return ProcessBuilder.Redirect.appendTo(log().toFile());
  }

  private Path log() {
    return folder.resolveSibling(folder.getFileName() + ".log");
  }

  @Override
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  @Override
  public synchronized DataSource dataSource() {
    if (server == null) {
      throw new IllegalStateException("PostgreSQL is stopped");
    }
    return server.getPostgresDatabase();
  }

  @Override
  public synchronized void stop() {
    if (server != null) {
      try {
        server.close();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      } finally {
        server = null;
      }
    }
  }

  /**
   * Ends the server as a crash would (PostgreSQL's immediate shutdown): sessions break off, nothing
   * is flushed, and the next start recovers what was acknowledged. Does nothing when it is stopped.
   *
   * @throws IllegalStateException when it does not end; it is to be stopped then
   */
  public synchronized void kill() {
    if (server == null) {
      return;
    }
    try {
      String pid = Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip();
      Process kill = new ProcessBuilder("kill", "-QUIT", pid).inheritIO().start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("kill -QUIT of PostgreSQL, " + pid + ", failed");
      }
      ProcessHandle.of(Long.parseLong(pid))
          .ifPresent(process -> process.onExit().orTimeout(KILL_SECONDS, TimeUnit.SECONDS).join());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PostgreSQL was killed", interrupted);
    } catch (CompletionException failure) {
      throw new IllegalStateException("PostgreSQL did not end", failure);
    }
    stop(); // Lets go of what the library holds.
  }

  /** As {@link #stop}. */
  @Override
  public void close() {
    stop();
  }
}
