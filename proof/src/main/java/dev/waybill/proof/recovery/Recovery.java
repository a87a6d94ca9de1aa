package dev.waybill.proof.recovery;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.producer.load.Load;
import dev.waybill.producer.load.LoadOptions;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.stack.LocalStack;
import dev.waybill.stack.Readiness;
import dev.waybill.stack.StackService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Kills instances of one service under traffic, on a stack that is ready. */
final class Recovery implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int MOST_REQUESTS = 1_000_000;

  private final LocalStack stack;
  private final Victim victim;
  private final Consumer<String> progress;
  private final Committed committed;
  private final SchemaRegistry registry;
  private final Random random;
  private final long seed;
  private final HttpClient http = HttpClient.newHttpClient();

  Recovery(LocalStack stack, Victim victim, long seed, Consumer<String> progress) {
    this.stack = stack;
    this.victim = victim;
    this.seed = seed;
    this.random = new Random(seed);
    this.progress = progress;
    this.committed = new Committed(stack.postgres().dataSource());
    this.registry = new SchemaRegistry(SchemaRegistryConfig.of(stack.registry().url()));
  }

  /** Has B remember so many events before anything is killed; blocks until it does. */
  void remember(int events) throws Exception {
    new Load(LoadOptions.of(URI.create(stack.producer().url()), 10, 1, seed)).run();
    String customer = committed.copyAnOrder(events);
    progress.accept(events + " events committed at once; B applies them");
    await("B has applied what it is to remember", () -> applied(customer) == events + 1);
  }

  /**
   * Kills one of so many instances again and again; each time only when events flow through all of
   * them, and lets the next kill wait until they do again.
   *
   * @param instances 1: it is started again at once; 2: only when the other has taken over
   */
  Waits kill(int kills, int instances, double rate, Path folder) throws Exception {
    Load load =
        new Load(
            LoadOptions.of(URI.create(stack.producer().url()), rate, MOST_REQUESTS, seed)
                .withTimeLimit(Duration.ofHours(6)));
    FutureTask<@Nullable Void> traffic =
        new FutureTask<>(
            () -> {
              load.run();
              return null;
            });
    try (Arrivals arrivals =
            Arrivals.from(stack.kafka().bootstrapServers(), victim.topic, registry);
        @Nullable StackService other = instances == 1 ? null : victim.another(stack, folder)) {
      if (other != null) {
        other.awaitReady(LIMIT);
      }
      Instant begun = Instant.now();
      committed.beginHere();
      new Thread(traffic, "traffic").start();
      List<Duration> longest = new ArrayList<>();
      for (int kill = 1; kill <= kills; kill++) {
        awaitFlow(arrivals);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(500, 3_000));
        Duration waited = killOnce(arrivals, instances == 1);
        longest.add(waited);
        progress.accept(
            "kill %s of %s: an event waited %s ms at most"
                .formatted(kill, kills, waited.toMillis()));
      }
      load.end();
      traffic.get();
      assertEachArrivedOnce(arrivals, begun);
      return new Waits(longest);
    }
  }

  private Duration killOnce(Arrivals arrivals, boolean startAtOnce) throws Exception {
    StackService one = victim.of(stack);
    Instant killed = Instant.now();
    one.kill();
    if (startAtOnce) {
      one.start();
    }
    Instant watchedTo = killed.plusSeconds(2);
    await(
        "what committed around the kill has arrived",
        () -> hasArrived(arrivals, killed, watchedTo));
    Duration longest = longestWait(arrivals, killed.minusSeconds(1), watchedTo);
    if (!startAtOnce) {
      one.start();
      one.awaitReady(LIMIT);
    }
    return longest;
  }

  private boolean hasArrived(Arrivals arrivals, Instant from, Instant to) {
    return Instant.now().isAfter(to.plusSeconds(1))
        && expected(from.minusSeconds(1)).stream()
            .filter(event -> event.at().isBefore(to))
            .allMatch(event -> arrivals.of(event.id()) != null);
  }

  private Duration longestWait(Arrivals arrivals, Instant from, Instant to) {
    Duration longest = Duration.ZERO;
    for (Committed.Event event : expected(from)) {
      Instant arrived = arrivals.of(event.id());
      if (event.at().isBefore(to) && arrived != null) {
        Duration waited = Duration.between(event.at(), arrived);
        longest = waited.compareTo(longest) > 0 ? waited : longest;
      }
    }
    return longest;
  }

  /** What has to arrive in the topic of the victim. */
  private List<Committed.Event> expected(Instant from) {
    return committed.since(from).stream()
        .filter(event -> victim == Victim.RELAY || !event.erasure())
        .toList();
  }

  /** Whatever is killed has work, and has done with the last kill. */
  private void awaitFlow(Arrivals arrivals) throws Exception {
    await(
        "all are ready",
        () -> stack.services().stream().allMatch(one -> Readiness.of(one.url()).isEmpty()));
    int before = arrivals.count();
    await("events flow", () -> arrivals.count() > before + 20);
    Instant recent = Instant.now().minusSeconds(3);
    await(
        "nothing waits",
        () ->
            expected(recent).stream()
                .filter(event -> event.at().isBefore(recent.plusSeconds(2)))
                .allMatch(event -> arrivals.of(event.id()) != null));
  }

  private void assertEachArrivedOnce(Arrivals arrivals, Instant begun) throws Exception {
    Set<UUID> wanted =
        expected(begun).stream().map(Committed.Event::id).collect(Collectors.toSet());
    await("every event has arrived", () -> arrivals.events().containsAll(wanted));
    Set<UUID> unknown = new HashSet<>(arrivals.events());
    unknown.removeAll(wanted);
    if (!arrivals.repeated().isEmpty() || !unknown.isEmpty()) {
      throw new IllegalStateException(
          "DOUBLED: arrived again: %s; arrived again or never committed: %s"
              .formatted(arrivals.repeated(), unknown));
    }
    progress.accept(wanted.size() + " events, and each arrived once");
  }

  /** How many events went into the totals of that customer, whose orders are never erased. */
  private long applied(String customer) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stack.consumer().url() + "/customers/" + customer))
            .timeout(Duration.ofSeconds(20))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    return answer.statusCode() == 200
        ? JsonMapper.builder().build().readTree(answer.body()).path("eventsApplied").asLong()
        : 0;
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("LOST or stuck: not so after " + LIMIT + ": " + what);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
  }

  @Override
  public void close() {
    registry.close();
  }
}
