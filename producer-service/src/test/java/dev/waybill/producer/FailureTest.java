package dev.waybill.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.runtime.Settings;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is answered, and what is left, when the database does not do what it should. */
@ExtendWith(Postgres.class)
class FailureTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private Api api = new Api(0);

  @BeforeEach
  void client() {
    api = new Api(Postgres.sharedPort());
  }

  @AfterEach
  void repair() {
    Postgres.database().execute("DROP TRIGGER IF EXISTS sabotage ON outbox_event");
  }

  /** Makes the next appends to the outbox fail with an SQLSTATE. */
  private static void failAppends(int times, String sqlState) {
    Postgres.database().execute("DROP SEQUENCE IF EXISTS sabotaged; CREATE SEQUENCE sabotaged");
    Postgres.database()
        .execute(
            """
            CREATE OR REPLACE FUNCTION sabotage() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF nextval('sabotaged') <= %s THEN
                RAISE EXCEPTION 'sabotaged' USING ERRCODE = '%s';
              END IF;
              RETURN NEW;
            END $$
            """
                .formatted(times, sqlState));
    Postgres.database()
        .execute(
            """
            CREATE TRIGGER sabotage BEFORE INSERT ON outbox_event
            FOR EACH ROW EXECUTE FUNCTION sabotage()
            """);
  }

  private static void assertNothingWritten() {
    assertThat(Postgres.database().fetchCount(DSL.table("orders"))).isZero();
    assertThat(Postgres.database().fetchCount(DSL.table("idempotency_key"))).isZero();
    assertThat(AppendedEvent.all()).isEmpty();
  }

  @Test
  void rolledBackChangeLeavesNeitherOrderNorEventNorKey() {
    String key = Api.newKey();
    failAppends(1, "P0001");

    Api.Answer failed = api.post("/orders", Api.ORDER, "Idempotency-Key", key).isProblem(500);

    assertThat(failed.response().body()).doesNotContain("sabotaged");
    assertNothingWritten();
    api.post("/orders", Api.ORDER, "Idempotency-Key", key).is(201);
    assertThat(AppendedEvent.all()).hasSize(1);
  }

  @Test
  void conflictWithAnotherTransactionIsRetried() {
    failAppends(2, "40001");

    api.post("/orders", Api.ORDER, "Idempotency-Key", Api.newKey()).is(201);

    assertThat(AppendedEvent.all()).hasSize(1);
    assertThat(api.get("/metrics").response().body())
        .containsPattern("waybill_producer_transaction_retries_total [1-9]");
  }

  @Test
  void conflictThatRepeatsIsLeftToTheClient() {
    failAppends(3, "40P01");

    Api.Answer refused = api.post("/orders", Api.ORDER).isProblem(503);

    assertThat(refused.header("retry-after")).isEqualTo("1");
    assertNothingWritten();
  }

  @Test
  void databaseThatIsFullIsNotAFaultOfTheService() {
    failAppends(1, "53100");

    api.post("/orders", Api.ORDER).isProblem(503);
    assertNothingWritten();
  }

  @Test
  void waitForAnOrdersLockIsBounded() {
    String path = "/orders/" + api.place().id() + "/pay";
    Postgres.database()
        .transaction(
            other -> {
              other.dsl().execute("SELECT FROM orders FOR UPDATE");
              Api.Answer refused = api.post(path, Api.PAY).isProblem(503);
              assertThat(refused.header("retry-after")).isEqualTo("1");
            });

    api.post(path, Api.PAY).is(200);
  }

  @Test
  void moreRequestsThanConnectionsAreRefusedAfterAWait() throws Exception {
    Map<String, String> settings = Postgres.settings("postgres");
    settings.put("DATABASE_POOL_SIZE", "1");
    settings.put("DATABASE_POOL_WAIT", "250ms");
    try (Producer small = Producer.start(new Settings(settings))) {
      Api crowded = new Api(small.httpPort());
      String id = crowded.place().id();
      CompletableFuture<Api.Answer> holds =
          Postgres.database()
              .transactionResult(
                  other -> {
                    other.dsl().execute("SELECT FROM orders FOR UPDATE");
                    var waits = crowded.postLater("/orders/" + id + "/pay", Api.PAY);
                    awaitLockWaiter();
                    Api.Answer refused = crowded.get("/orders/" + id).isProblem(503);
                    assertThat(refused.header("retry-after")).isEqualTo("1");
                    crowded.get("/health/ready").is(200);
                    return waits;
                  });
      holds.get(10, TimeUnit.SECONDS).is(200);
    }
  }

  @Test
  void databaseThatGoesAwayIsSaidAndComesBack() throws Exception {
    try (Tunnel tunnel = Tunnel.to(Postgres.postgres().getPort());
        Producer cutOff =
            Producer.start(new Settings(Postgres.settings("postgres", tunnel.port())))) {
      Api away = new Api(cutOff.httpPort());
      String path = "/orders/" + away.place().id();
      await().atMost(LONG).until(() -> away.get("/health/ready").status() == 200);
      tunnel.cut();

      assertThat(away.get(path).isProblem(503).header("retry-after")).isEqualTo("1");
      away.post("/orders", Api.ORDER, "Idempotency-Key", "k").isProblem(503);
      await().atMost(LONG).until(() -> away.get("/health/ready").status() == 503);
      assertThat(away.get("/health/ready").json().at("/reasons/database").textValue())
          .contains("away");
      away.get("/health/live").is(200);
      tunnel.mend();

      await().atMost(LONG).until(() -> away.get("/health/ready").status() == 200);
      away.get(path).is(200);
      away.post("/orders", Api.ORDER, "Idempotency-Key", "k").is(201);
    }
  }

  @Test
  void closingFinishesTheRequestInProgress() throws Exception {
    Producer producer = Producer.start(new Settings(Postgres.settings("postgres")));
    Api last = new Api(producer.httpPort());
    String id = last.place().id();
    InProgress inProgress =
        Postgres.database()
            .transactionResult(
                other -> {
                  other.dsl().execute("SELECT FROM orders FOR UPDATE");
                  var paying = last.postLater("/orders/" + id + "/pay", Api.PAY);
                  awaitLockWaiter();
                  var closing = CompletableFuture.runAsync(producer::close);
                  await().atMost(LONG).until(() -> takesNothing(last));
                  assertThat(paying).isNotDone();
                  return new InProgress(paying, closing);
                });

    inProgress.paying().get(10, TimeUnit.SECONDS).is(200);
    inProgress.closing().get(10, TimeUnit.SECONDS);
    assertThat(AppendedEvent.of(id)).hasSize(2);
  }

  private record InProgress(
      CompletableFuture<Api.Answer> paying, CompletableFuture<Void> closing) {}

  private static boolean takesNothing(Api api) {
    try {
      return api.get("/health/live").status() == 503;
    } catch (UncheckedIOException refused) {
      return true;
    }
  }

  private static void awaitLockWaiter() {
    await()
        .atMost(LONG)
        .until(
            () ->
                Postgres.database()
                    .fetchExists(DSL.table("pg_locks"), DSL.condition("NOT granted")));
  }
}
