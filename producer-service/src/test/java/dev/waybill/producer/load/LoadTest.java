package dev.waybill.producer.load;

import static dev.waybill.producer.load.FakeService.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.producer.Postgres;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Postgres.class)
class LoadTest {
  private static final long SEED = 7;

  private static URI url(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private static long rows(String sql) {
    return Postgres.database().fetchSingle(sql).get(0, Long.class);
  }

  @Test
  void everyAcknowledgedRequestIsOneEventAndEveryOrderIsThere() throws Exception {
    Load load =
        new Load(
            LoadOptions.of(url(Postgres.sharedPort()), 1_000, 600, SEED)
                .withRetryShare(0.3)
                .withConcurrency(8)
                .withRetryFor(Duration.ofMinutes(2))
                .withTimeLimit(Duration.ofMinutes(5)));

    LoadResult result = load.run();

    assertThat(result.failures()).isEmpty();
    assertThat(result.complete()).isTrue();
    LoadProgress progress = result.progress();
    assertThat(progress.sent()).isEqualTo(600);
    assertThat(progress.acknowledged()).isEqualTo(600);
    assertThat(progress.repeated()).isBetween(100L, 300L);
    assertThat(progress.p99()).isGreaterThan(progress.p50()).isPositive();
    assertThat(rows("SELECT count(*) FROM outbox_event")).isEqualTo(600);
    assertThat(rows("SELECT count(DISTINCT event_type) FROM outbox_event")).isEqualTo(5);
    assertThat(
            Postgres.database()
                .fetch("SELECT order_id, version FROM orders")
                .map(row -> new LoadedOrder(row.get(0, UUID.class), row.get(1, Long.class), false)))
        .containsExactlyInAnyOrderElementsOf(
            result.orders().stream().filter(order -> !order.erased()).toList());
    assertThat(result.orders()).anyMatch(LoadedOrder::erased);
  }

  @Test
  void sameSeedAsksForTheSame() {
    Plan first = new Plan(SEED);
    Plan second = new Plan(SEED);
    Plan other = new Plan(SEED + 1);

    List<String> bodies = bodies(first);
    assertThat(bodies(second)).isEqualTo(bodies);
    assertThat(bodies(other)).isNotEqualTo(bodies);
  }

  private static List<String> bodies(Plan plan) {
    return Stream.generate(plan::next)
        .limit(2_000)
        .map(planned -> planned.step() + planned.body())
        .toList();
  }

  @Test
  void requestWithoutAnAnswerIsSentAgainWithItsKey() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    String id = UUID.randomUUID().toString();
    try (FakeService flaky =
        new FakeService(
            exchange -> {
              if (requests.getAndIncrement() == 0) {
                throw new IOException("the connection breaks");
              } else if (requests.get() == 2) {
                exchange.sendResponseHeaders(503, -1);
              } else {
                exchange.getResponseHeaders().add("Location", "/orders/" + id);
                answer(exchange, 201, "{\"id\": \"" + id + "\", \"version\": 1}");
              }
            })) {
      LoadResult result = new Load(LoadOptions.of(flaky.url(), 100, 1, SEED)).run();

      assertThat(result.failures()).isEmpty();
      assertThat(result.progress().retried()).isEqualTo(2);
      assertThat(result.orders()).hasSize(1);
      assertThat(flaky.keys()).hasSize(3).containsOnly(flaky.keys().get(0));
    }
  }

  @Test
  void wrongAnswerFailsTheOrdersLaterStepsToo() throws Exception {
    try (FakeService wrong = new FakeService(exchange -> answer(exchange, 200, "{}"))) {
      LoadResult result = new Load(LoadOptions.of(wrong.url(), 1_000, 50, SEED)).run();

      assertThat(result.complete()).isFalse();
      assertThat(result.progress().failed()).isEqualTo(50);
      assertThat(result.progress().acknowledged()).isZero();
      assertThat(result.orders()).isEmpty();
      assertThat(result.failures()).hasSize(10).anyMatch(why -> why.startsWith("PLACE"));
    }
  }

  @Test
  void repetitionWithAnotherAnswerFails() throws Exception {
    try (FakeService forgetful =
        new FakeService(
            exchange -> {
              String id = UUID.randomUUID().toString();
              exchange.getResponseHeaders().add("Location", "/orders/" + id);
              answer(exchange, 201, "{\"id\": \"" + id + "\", \"version\": 1}");
            })) {
      LoadResult result =
          new Load(LoadOptions.of(forgetful.url(), 100, 1, SEED).withRetryShare(1)).run();

      assertThat(result.complete()).isFalse();
      assertThat(result.failures()).singleElement().asString().contains("repeated");
    }
  }

  @Test
  void runEndsAtItsTimeLimit() throws Exception {
    try (FakeService down = new FakeService(exchange -> exchange.sendResponseHeaders(503, -1))) {
      LoadResult result =
          new Load(
                  LoadOptions.of(down.url(), 1, 1_000, SEED)
                      .withTimeLimit(Duration.ofMillis(1_500)))
              .run();

      assertThat(result.progress().failed()).isEqualTo(1_000);
      assertThat(result.progress().elapsed()).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void runThatIsToldToEndWaitsForWhatItBeganAndHasMissedNothing() throws Exception {
    CompletableFuture<Load> running = new CompletableFuture<>();
    try (FakeService service =
        new FakeService(
            exchange -> {
              running.join().end();
              String id = UUID.randomUUID().toString();
              exchange.getResponseHeaders().add("Location", "/orders/" + id);
              answer(exchange, 201, "{\"id\": \"" + id + "\", \"version\": 1}");
            })) {
      Load load =
          new Load(
              LoadOptions.of(service.url(), 100, 1_000, SEED).withConcurrency(2).withRetryShare(0));
      running.complete(load);
      LoadResult result = load.run();

      assertThat(result.failures()).isEmpty();
      assertThat(result.complete()).isTrue();
      assertThat(result.progress().acknowledged())
          .isEqualTo(result.progress().sent())
          .isBetween(1L, 3L);
    }
  }
}
