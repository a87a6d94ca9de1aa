package dev.waybill.stack.demo;

import dev.waybill.producer.load.Load;
import dev.waybill.producer.load.LoadOptions;
import dev.waybill.producer.load.LoadResult;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.stack.LocalStack;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;

/** One run on a stack that is ready: traffic, mischief, and the evidence at the end. */
final class Demo implements AutoCloseable {
  static final String EVENTS = "orders.events";
  static final String DEAD_LETTERS = "orders.events.dead-letters";
  static final String NOTIFICATIONS = "customer.notifications";

  private static final double REPEATED_REQUESTS = 0.05;
  private static final Duration CATCH_UP_LIMIT = Duration.ofSeconds(60);
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final Duration REFRESH = Duration.ofMillis(200);

  private final LocalStack stack;
  private final Display display;
  private final int requests;
  private final Load load;
  private final SystemA a;
  private final SystemB b;
  private final Published published = new Published();
  private final SchemaRegistry registry;
  private final Notified notifications;
  private final AtomicInteger deadLetters = new AtomicInteger();
  private final KafkaProducer<byte[], byte[]> writer;
  private final Litter litter;
  private final TopicReader events;
  private final TopicReader notified;
  private final TopicReader dead;

  Demo(LocalStack stack, Display display, double rate, int requests, long seed) {
    this.stack = stack;
    this.display = display;
    this.requests = requests;
    String kafka = stack.kafka().bootstrapServers();
    LoadOptions options = LoadOptions.of(URI.create(stack.producer().url()), rate, requests, seed);
    this.load = new Load(options.withRetryShare(REPEATED_REQUESTS));
    this.a = new SystemA(stack.postgres().dataSource());
    this.b = new SystemB(stack.consumer().url());
    this.registry = new SchemaRegistry(SchemaRegistryConfig.of(stack.registry().url()));
    this.notifications = new Notified(registry);
    this.writer = KafkaClients.writer(kafka);
    this.litter = new Litter(writer, EVENTS, new Random(seed));
    this.events = new TopicReader(kafka, EVENTS, published::add);
    this.notified = new TopicReader(kafka, NOTIFICATIONS, notifications::add);
    this.dead = new TopicReader(kafka, DEAD_LETTERS, one -> deadLetters.incrementAndGet());
  }

  /** Runs traffic and mischief, waits until B has caught up, and collects the evidence. */
  Evidence run() throws InterruptedException, ExecutionException {
    List.of(events, notified, dead).forEach(TopicReader::start);
    LoadResult traffic = traffic();
    traffic.failures().forEach(failure -> display.say("request failed: " + failure));
    display.say("all requests answered; B catches up");
    int changes = (int) traffic.progress().acknowledged();
    Evidence evidence = evidence(changes);
    long deadline = System.nanoTime() + CATCH_UP_LIMIT.toNanos();
    while (!Verdict.of(evidence).holds() && System.nanoTime() < deadline) {
      pause(REFRESH);
      evidence = evidence(changes);
    }
    display.say("looking once more, for what might still come");
    pause(SETTLE);
    return evidence(changes);
  }

  private LoadResult traffic() throws InterruptedException, ExecutionException {
    Mischief mischief = new Mischief(stack, published, litter, display);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<LoadResult> running = thread.submit(load::run);
      while (!running.isDone()) {
        act(mischief, (double) load.progress().acknowledged() / requests);
      }
      long deadline = System.nanoTime() + CATCH_UP_LIMIT.toNanos();
      while (!mischief.isOver() && System.nanoTime() < deadline) {
        act(mischief, 1);
      }
      return running.get();
    } finally {
      thread.shutdownNow();
    }
  }

  private void act(Mischief mischief, double share)
      throws InterruptedException, ExecutionException {
    display.show(numbers());
    mischief.upTo(share);
    pause(REFRESH);
  }

  private Numbers numbers() {
    return new Numbers(
        requests,
        (int) load.progress().acknowledged(),
        a.events(),
        published.distinct(),
        notifications.distinct(),
        deadLetters.get(),
        stack.relay().isAlive(),
        stack.consumer().isAlive());
  }

  private Evidence evidence(int acknowledgedChanges) {
    display.show(numbers());
    Map<UUID, CommittedEvent> committed = a.committed();
    Map<String, SystemB.Totals> totals = b.customers(notifications.customers());
    Map<String, String> totalsInA = a.totals();
    Map<String, String> lines = new HashMap<>();
    totals.forEach((id, one) -> lines.put(id, one.line()));
    lines.keySet().retainAll(totalsInA.keySet());
    return new Evidence(
        acknowledgedChanges,
        committed,
        published,
        litter,
        notifications.copies(),
        b.events(committed.keySet()),
        deadLetters.get(),
        a.orders(),
        b.orders(),
        totalsInA,
        lines,
        totals.values().stream().mapToLong(SystemB.Totals::events).sum());
  }

  private static void pause(Duration pause) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(pause.toMillis());
  }

  @Override
  public void close() {
    List.of(events, notified, dead).forEach(TopicReader::close);
    writer.close();
    registry.close();
    b.close();
  }
}
