package dev.waybill.proof.lab;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.waybill.proof.lab.ledger.Asked;
import dev.waybill.proof.patterns.BookingRequest;
import dev.waybill.proof.patterns.Steps;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks A for bookings, each once, and writes down what came of it. An account that waits for an
 * answer is not asked for again meanwhile. Thread-safe.
 */
final class Load implements AutoCloseable {
  /** Whose bookings come fast, and are the lab's own. */
  static final String BUSY_ACCOUNT = "busy";

  /** Whose bookings are rolled back. */
  static final String UNLUCKY_ACCOUNT = "unlucky";

  private static final int ACCOUNTS = 120;
  private static final int THREADS = 24;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
  private final HttpClient http =
      HttpClient.newBuilder().version(Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final List<Asked> asked = new ArrayList<>();
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final Map<UUID, Long> underWay = new ConcurrentHashMap<>();
  private final String a;
  private Random random = new Random(0);
  private int next;
  private int seed;
  private String phase = Asked.WARM_UP;
  private @Nullable ScheduledFuture<?> running;

  Load(String a) {
    this.a = a;
  }

  static List<String> accounts() {
    return Stream.concat(
            IntStream.range(0, ACCOUNTS).mapToObj(Load::account),
            Stream.of(BUSY_ACCOUNT, UNLUCKY_ACCOUNT))
        .toList();
  }

  private static String account(int number) {
    return "account-" + number;
  }

  /** From now on requests belong there. */
  synchronized void phase(int newSeed, String newPhase) {
    if (newSeed != seed) {
      random = new Random(newSeed);
    }
    seed = newSeed;
    phase = newPhase;
  }

  /** Asks so often from now on, and no more at 0. */
  synchronized void rate(int perSecond) {
    if (running != null) {
      running.cancel(false);
      running = null;
    }
    if (perSecond > 0) {
      long pause = TimeUnit.SECONDS.toMicros(1) / perSecond;
      running = clock.scheduleAtFixedRate(this::askNext, 0, pause, TimeUnit.MICROSECONDS);
    }
  }

  /** Each account in turn, so that two bookings of one are far from each other. */
  private synchronized void askNext() {
    next = (next + 1) % ACCOUNTS;
    String account = account(next);
    if (waiting.add(account)) {
      BookingRequest request = request(account, Store.BRANCH, false);
      var unused = ask(request).whenComplete((answer, failure) -> waiting.remove(account));
    }
  }

  synchronized BookingRequest request(String account, int branch, boolean strict) {
    return new BookingRequest(ids.generate(), account, 1 + random.nextInt(1000), branch, strict);
  }

  /** Asks once, and says what came of it. */
  synchronized CompletableFuture<Asked> ask(BookingRequest request) {
    int itsSeed = seed;
    String itsPhase = phase;
    return CompletableFuture.supplyAsync(() -> askNow(request, itsSeed, itsPhase), threads);
  }

  private Asked askNow(BookingRequest request, int itsSeed, String itsPhase) {
    long at = Steps.now();
    underWay.put(request.id(), at);
    int status = 0;
    String words;
    try {
      HttpResponse<String> answer = http.send(http(request), BodyHandlers.ofString());
      status = answer.statusCode();
      words = answer.body();
    } catch (IOException failure) {
      words = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      words = "the lab ended";
    }
    Asked entry =
        new Asked(
            request.id(),
            request.account(),
            at,
            Steps.now() - at,
            status,
            words,
            itsSeed,
            itsPhase);
    synchronized (this) {
      asked.add(entry);
      underWay.remove(request.id());
    }
    return entry;
  }

  private HttpRequest http(BookingRequest request) {
    String query =
        "%s+%s+%s+%s+%s"
            .formatted(
                request.id(),
                request.account(),
                request.amount(),
                request.branch(),
                request.strict());
    return HttpRequest.newBuilder(URI.create(a + "/bookings?" + query))
        .timeout(PATIENCE)
        .POST(BodyPublishers.noBody())
        .build();
  }

  synchronized List<Asked> asked() {
    return List.copyOf(asked);
  }

  synchronized int count() {
    return asked.size();
  }

  /** Whether the last few were all answered with success. */
  synchronized boolean isWell(int few) {
    return asked.size() >= few
        && asked.subList(asked.size() - few, asked.size()).stream()
            .allMatch(one -> one.status() == 200);
  }

  /** How many requests are under way. */
  int underWay() {
    return underWay.size();
  }

  /** Whether a request has been under way for longer. */
  boolean isWaitingFor(Duration time) {
    long since = Steps.now() - TimeUnit.NANOSECONDS.toMicros(time.toNanos());
    return underWay.values().stream().anyMatch(at -> at < since);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    threads.shutdownNow();
  }
}
