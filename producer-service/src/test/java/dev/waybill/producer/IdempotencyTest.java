package dev.waybill.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Postgres.class)
class IdempotencyTest {
  private Api api = new Api(0);

  @BeforeEach
  void client() {
    api = new Api(Postgres.sharedPort());
  }

  private static long orders() {
    return Postgres.database().fetchCount(DSL.table("orders"));
  }

  @Test
  void repeatedRequestGetsTheFirstAnswerAndWritesNothing() {
    String key = Api.newKey();
    Api.Answer first = api.post("/orders", Api.ORDER, "Idempotency-Key", key).is(201);
    api.post("/orders/" + first.id() + "/pay", Api.PAY).is(200);

    Api.Answer again = api.post("/orders", Api.ORDER, "Idempotency-Key", key).is(201);

    assertThat(again.identity()).isEqualTo(first.identity());
    assertThat(again.header("idempotent-replayed")).isEqualTo("true");
    assertThat(first.header("idempotent-replayed")).isEmpty();
    assertThat(orders()).isEqualTo(1);
    assertThat(AppendedEvent.all()).hasSize(2);
  }

  @Test
  void everyKindOfChangeCanBeRepeated() {
    String id = api.place().id();
    List<Api.Answer> answers =
        Stream.of("pay", "pay", "ship", "ship")
            .map(
                step ->
                    api.post(
                        "/orders/" + id + "/" + step,
                        step.equals("pay") ? Api.PAY : Api.SHIP,
                        "Idempotency-Key",
                        step + id))
            .toList();
    Api.Answer erased = api.delete("/orders/" + id, "Idempotency-Key", "erase" + id).is(204);
    Api.Answer erasedAgain = api.delete("/orders/" + id, "Idempotency-Key", "erase" + id);

    assertThat(answers.get(1).identity()).isEqualTo(answers.get(0).is(200).identity());
    assertThat(answers.get(3).identity()).isEqualTo(answers.get(2).is(200).identity());
    assertThat(erasedAgain.identity()).isEqualTo(erased.identity());
    assertThat(AppendedEvent.of(id))
        .extracting(AppendedEvent::version)
        .containsExactly(1L, 2L, 3L, 4L);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 16})
  void requestsAtOnceWithOneKeyMakeOneOrderAndGetOneAnswer(int requests) {
    for (int round = 0; round < 5; round++) {
      Postgres.database().execute("TRUNCATE orders, idempotency_key, outbox_event");
      String key = Api.newKey();
      List<Api.Answer> answers =
          Stream.generate(() -> api.postLater("/orders", Api.ORDER, "Idempotency-Key", key))
              .limit(requests)
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();

      assertThat(answers).extracting(Api.Answer::identity).containsOnly(answers.get(0).identity());
      assertThat(answers.get(0).status()).isEqualTo(201);
      assertThat(answers)
          .filteredOn(answer -> answer.header("idempotent-replayed").isEmpty())
          .as("who did the work")
          .hasSize(1);
      assertThat(orders()).isEqualTo(1);
      assertThat(AppendedEvent.all()).hasSize(1);
    }
  }

  @Test
  void transitionsAtOnceWithOneKeyGetOneAnswer() {
    String path = "/orders/" + api.place().id() + "/pay";
    String key = Api.newKey();
    List<String> answers =
        Stream.generate(() -> api.postLater(path, Api.PAY, "Idempotency-Key", key))
            .limit(8)
            .toList()
            .stream()
            .map(answer -> answer.join().is(200).identity())
            .toList();

    assertThat(answers).containsOnly(answers.get(0));
    assertThat(AppendedEvent.all()).hasSize(2);
  }

  @Test
  void keyOfAnotherRequestIsRefused() {
    String id = api.place().id();
    api.post("/orders/" + id + "/pay", Api.PAY, "Idempotency-Key", "k").is(200);

    api.post("/orders/" + id + "/pay", Api.PAY + " ", "Idempotency-Key", "k").isProblem(422);
    api.post("/orders/" + id + "/ship", Api.SHIP, "Idempotency-Key", "k").isProblem(422);
    api.post("/orders", Api.ORDER, "Idempotency-Key", "k").isProblem(422);
    api.delete("/orders/" + id, "Idempotency-Key", "k").isProblem(422);

    assertThat(AppendedEvent.all()).hasSize(2);
    assertThat(orders()).isEqualTo(1);
  }

  /** One of them would silently not count. */
  @Test
  void twoKeysAreRefused() {
    String one = Api.newKey();
    api.post("/orders", Api.ORDER, "Idempotency-Key", one, "Idempotency-Key", Api.newKey())
        .isProblem(400);
    api.post("/orders", Api.ORDER, "Idempotency-Key", one, "idempotency-key", one).isProblem(400);
    api.post("/orders", Api.ORDER, "Idempotency-Key", one).is(201);
  }

  @Test
  void quotedKeyIsTheSameKey() {
    Api.Answer quoted = api.post("/orders", Api.ORDER, "Idempotency-Key", "\"a\\\"b\"").is(201);
    Api.Answer bare = api.post("/orders", Api.ORDER, "Idempotency-Key", "a\"b").is(201);
    Api.Answer other = api.post("/orders", Api.ORDER, "Idempotency-Key", "ab").is(201);

    assertThat(bare.identity()).isEqualTo(quoted.identity());
    assertThat(other.identity()).isNotEqualTo(quoted.identity());
  }

  @Test
  void refusalIsNotKept() {
    String id = api.place().id();
    api.post("/orders/" + id + "/ship", Api.SHIP, "Idempotency-Key", "ship").isProblem(409);
    api.post("/orders/" + id + "/pay", "{}", "Idempotency-Key", "pay").isProblem(400);
    api.post("/orders/" + id + "/pay", Api.PAY, "Idempotency-Key", "pay").is(200);

    api.post("/orders/" + id + "/ship", Api.SHIP, "Idempotency-Key", "ship").is(200);
  }

  @Test
  void waitForAnotherRequestWithTheKeyIsBounded() throws Exception {
    String key = Api.newKey();
    try (var other = Postgres.postgres().getPostgresDatabase().getConnection()) {
      other.setAutoCommit(false);
      DSL.using(other)
          .execute(
              "INSERT INTO idempotency_key (key, fingerprint) VALUES (?, ?)", key, new byte[32]);

      Api.Answer busy = api.post("/orders", Api.ORDER, "Idempotency-Key", key).isProblem(409);

      assertThat(busy.header("retry-after")).isEqualTo("1");
      assertThat(orders()).isZero();
      other.rollback();
    }
    api.post("/orders", Api.ORDER, "Idempotency-Key", key).is(201);
  }

  @Test
  void requestThatWaitedForOneThatRolledBackDoesTheWork() throws Exception {
    String key = Api.newKey();
    CompletableFuture<Api.Answer> waiting;
    try (var other = Postgres.postgres().getPostgresDatabase().getConnection()) {
      other.setAutoCommit(false);
      DSL.using(other)
          .execute(
              "INSERT INTO idempotency_key (key, fingerprint) VALUES (?, ?)", key, new byte[32]);
      waiting = api.postLater("/orders", Api.ORDER, "Idempotency-Key", key);
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () ->
                  Postgres.database()
                      .fetchExists(DSL.table("pg_locks"), DSL.condition("NOT granted")));
      other.rollback();
    }

    Api.Answer answer = waiting.get(10, TimeUnit.SECONDS).is(201);
    assertThat(answer.header("idempotent-replayed")).isEmpty();
    assertThat(AppendedEvent.of(answer.id())).hasSize(1);
  }

  @Test
  void requestsWithoutAKeyAreEachTheirOwn() {
    api.place();
    api.place();

    assertThat(orders()).isEqualTo(2);
  }
}
