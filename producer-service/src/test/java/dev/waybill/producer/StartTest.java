package dev.waybill.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waybill.runtime.BadSettingsException;
import dev.waybill.runtime.Settings;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Postgres.class)
class StartTest {
  private static final String WAITING =
      """
      SELECT FROM pg_stat_activity
      WHERE datname = 'migrating' AND query LIKE 'SELECT pg_try_advisory_xact_lock%'
      """;

  @Test
  void oneMessageNamesEveryWrongSetting() {
    Map<String, String> settings =
        Map.of(
            "DATABASE_URL", "jdbc:mysql://localhost/orders",
            "DATABASE_POOL_SIZE", "0",
            "DATABASE_POOL_WAIT", "3",
            "DATABASE_LOCK_TIMEOUT", "9s",
            "IDEMPOTENCY_RETENTION", "1s",
            "HTTP_PORT", "70000");

    assertThatThrownBy(() -> Producer.start(new Settings(settings)))
        .isInstanceOf(BadSettingsException.class)
        .satisfies(
            wrong ->
                assertThat(String.valueOf(wrong.getMessage()).lines().skip(1).map(String::strip))
                    .hasSize(6)
                    .anyMatch(line -> line.startsWith("DATABASE_URL="))
                    .anyMatch(line -> line.startsWith("DATABASE_POOL_SIZE="))
                    .anyMatch(line -> line.startsWith("DATABASE_POOL_WAIT="))
                    .anyMatch(line -> line.startsWith("DATABASE_LOCK_TIMEOUT must be below"))
                    .anyMatch(line -> line.startsWith("IDEMPOTENCY_RETENTION="))
                    .anyMatch(line -> line.startsWith("HTTP_PORT=")));
  }

  @Test
  void passwordIsNotLogged() {
    Settings settings =
        new Settings(
            Map.of(
                "DATABASE_URL", "jdbc:postgresql://db/o?password=s3cret",
                "DATABASE_PASSWORD", "s3cret"));
    var unused = ProducerSettings.from(settings);

    assertThat(settings.toString()).doesNotContain("s3cret").contains("jdbc:postgresql://db/o");
  }

  @Test
  void severalInstancesMayStartOnAnEmptyDatabaseAtOnce() {
    Postgres.database().execute("CREATE DATABASE empty");
    List<CompletableFuture<Producer>> starting =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> start(Postgres.settings("empty"))))
            .toList();
    List<Producer> started = starting.stream().map(CompletableFuture::join).toList();

    started.forEach(producer -> new Api(producer.httpPort()).place());
    started.forEach(Producer::close);
  }

  @Test
  void databaseThatIsNotThereYetIsWaitedFor() throws Exception {
    int port = Tunnel.freePort();
    try (Tunnel tunnel = Tunnel.to(Postgres.postgres().getPort())) {
      tunnel.cut();
      Map<String, String> settings = Postgres.settings("postgres", tunnel.port());
      settings.put("HTTP_PORT", Integer.toString(port));
      CompletableFuture<Producer> starting = CompletableFuture.supplyAsync(() -> start(settings));
      Api api = new Api(port);
      await()
          .ignoreExceptionsInstanceOf(UncheckedIOException.class)
          .atMost(Duration.ofSeconds(30))
          .until(() -> api.get("/health/live").status() == 200);

      assertThat(api.get("/health/ready").is(503).json().path("reasons").has("start")).isTrue();
      assertThat(api.post("/orders", Api.ORDER).isProblem(503).header("retry-after"))
          .isEqualTo("1");
      tunnel.mend();

      try (Producer started = starting.get(30, TimeUnit.SECONDS)) {
        new Api(started.httpPort()).place();
      }
    }
  }

  @Test
  void databaseThatStaysAwayEndsTheStartAndLeavesNothingRunning() throws Exception {
    int port = Tunnel.freePort();
    Map<String, String> settings = Postgres.settings("postgres", Tunnel.freePort());
    settings.put("HTTP_PORT", Integer.toString(port));
    settings.put("DATABASE_START_WAIT", "600ms");

    assertThatThrownBy(() -> Producer.start(new Settings(settings)))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("refused");

    assertThatThrownBy(() -> new Api(port).get("/health/live"))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void userWhoIsRefusedIsNotTriedAgain() {
    Map<String, String> settings = Postgres.settings("postgres");
    settings.put("DATABASE_USER", "nobody");
    settings.put("DATABASE_START_WAIT", "10m");

    assertThatThrownBy(() -> Producer.start(new Settings(settings)))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("nobody");
  }

  @Test
  void startThatWaitsForAnothersMigrationEndsWhenAsked() throws Exception {
    Postgres.database().execute("CREATE DATABASE migrating");
    try (Connection other =
            Postgres.postgres().getDatabase("postgres", "migrating").getConnection();
        Statement statement = other.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(hashtext('waybill migration'))");
      AtomicReference<Throwable> outcome = new AtomicReference<>();
      Thread starting =
          new Thread(
              () -> {
                try {
                  Producer.start(new Settings(Postgres.settings("migrating"))).close();
                } catch (Throwable thrown) {
                  outcome.set(thrown);
                }
              });
      starting.start();
      await().until(() -> Postgres.database().fetch(WAITING).isNotEmpty());

      starting.interrupt();
      starting.join(5_000);

      assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
    }
  }

  private static Producer start(Map<String, String> settings) {
    try {
      return Producer.start(new Settings(settings));
    } catch (SQLException | InterruptedException e) {
      throw new CompletionException(e);
    }
  }
}
