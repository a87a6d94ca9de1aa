package dev.waybill.proof.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.producer.load.Load;
import dev.waybill.producer.load.LoadOptions;
import dev.waybill.proof.systems.SystemA;
import dev.waybill.proof.systems.SystemB;
import dev.waybill.stack.LocalStack;
import dev.waybill.stack.StackLayout;
import dev.waybill.stack.StackService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of B: each answers for both, and what one leaves behind the other takes over. */
@Timeout(300)
final class InstancesTest {
  private static final long SEED = 20261124;
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void eachInstanceAnswersForBothAndOneTakesOverFromTheOther() throws Exception {
    try (LocalStack stack = LocalStack.start(StackLayout.onFreePorts(folder), part -> {});
        StackService another = stack.anotherConsumer(folder.resolve("another"));
        SystemB first = new SystemB(stack.consumer().url());
        SystemB second = new SystemB(another.url())) {
      SystemA a = new SystemA(stack.postgres().dataSource());
      another.awaitReady(LIMIT);
      await(() -> partitions(stack.consumer()) > 0 && partitions(another) > 0);
      traffic(stack, 300);
      assertCaughtUp(a, second);
      assertCaughtUp(a, first);
      assertThat(listed(first, second)).isEqualTo(a.orders());

      List<String> paths = paths(a);
      assertThat(statuses(another, paths)).containsExactly(200);
      await(() -> isCommitted(stack.consumer()) && isCommitted(another));
      stack.consumer().kill();
      FutureTask<@Nullable Void> traffic = new FutureTask<>(() -> traffic(stack, 200));
      new Thread(traffic, "traffic").start();
      Set<Integer> meanwhile = ask(another, paths, traffic);
      traffic.get();

      assertThat(meanwhile).as("nothing is said not to be there").isSubsetOf(200, 503);
      assertCaughtUp(a, second);
      assertThat(second.orders()).isEqualTo(a.orders());
    }
  }

  /** All of A's events are applied, and each of them once: the totals would show a second time. */
  private static void assertCaughtUp(SystemA a, SystemB b) {
    Set<UUID> events = a.committed().keySet();
    Map<String, String> totals = a.totals();
    await(() -> b.events(events).size() == events.size() && totals(b, totals).equals(totals));
  }

  private static Map<String, String> totals(SystemB b, Map<String, String> ofCustomers) {
    Map<String, String> totals = new HashMap<>();
    b.customers(ofCustomers.keySet()).forEach((id, one) -> totals.put(id, one.line()));
    return totals;
  }

  /** What the two list together; no order is listed by both. */
  private static Map<String, String> listed(SystemB first, SystemB second) {
    Map<String, String> both = new HashMap<>(first.orders());
    Map<String, String> others = second.orders();
    assertThat(both).isNotEmpty().doesNotContainKeys(others.keySet().toArray(String[]::new));
    assertThat(others).isNotEmpty();
    both.putAll(others);
    return both;
  }

  private static @Nullable Void traffic(LocalStack stack, int requests)
      throws InterruptedException {
    LoadOptions options = LoadOptions.of(URI.create(stack.producer().url()), 50, requests, SEED);
    assertThat(new Load(options).run().failures()).isEmpty();
    return null;
  }

  /** What can be asked for and is there. */
  private static List<String> paths(SystemA a) {
    List<String> paths = new ArrayList<>();
    a.orders().keySet().forEach(id -> paths.add("/orders/" + id));
    a.totals().keySet().forEach(id -> paths.add("/customers/" + id));
    a.committed().keySet().forEach(id -> paths.add("/events/" + id));
    return paths;
  }

  /** Asks over and over until the work is done and each path was answered 200 thereafter. */
  private Set<Integer> ask(StackService b, List<String> paths, Future<@Nullable Void> work) {
    Set<Integer> statuses = new HashSet<>();
    await(
        () -> {
          boolean over = work.isDone();
          Set<Integer> round = statuses(b, paths);
          statuses.addAll(round);
          return over && round.equals(Set.of(200));
        });
    return statuses;
  }

  private Set<Integer> statuses(StackService b, List<String> paths)
      throws IOException, InterruptedException {
    Set<Integer> statuses = new HashSet<>();
    for (String path : paths) {
      statuses.add(status(b.url() + path));
    }
    return statuses;
  }

  /**
   * Whether nothing is left to commit. What is read before may be undone when its instance dies,
   * and is then not there until it is applied again.
   */
  private boolean isCommitted(StackService b) throws IOException, InterruptedException {
    String metrics = http.send(request(b.url() + "/metrics"), BodyHandlers.ofString()).body();
    return metrics
        .lines()
        .anyMatch(line -> line.matches("waybill_consumer_oldest_unapplied_age_seconds.* 0\\.0"));
  }

  private int status(String url) throws IOException, InterruptedException {
    return http.send(request(url), BodyHandlers.discarding()).statusCode();
  }

  private int partitions(StackService b) throws IOException, InterruptedException {
    String page = http.send(request(b.url() + "/orders?limit=1"), BodyHandlers.ofString()).body();
    return new JsonMapper().readTree(page).path("partitions").size();
  }

  private static HttpRequest request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).build();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(100)).until(condition);
  }
}
