package dev.waybill.proof.demo;

import dev.waybill.deduplication.LetterAction;
import dev.waybill.proof.systems.CommittedEvent;
import dev.waybill.proof.systems.SystemA;
import dev.waybill.proof.systems.SystemB;
import dev.waybill.proof.systems.TopicReader;
import dev.waybill.proof.systems.Topics;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.stack.LocalStack;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Sees a stack from outside: reads the topics while events flow, and asks A's tables and B's stores
 * when the evidence is collected.
 */
final class Witness implements AutoCloseable {
  private static final Duration CATCH_UP_LIMIT = Duration.ofMinutes(3);
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final Duration REFRESH = Duration.ofMillis(200);

  private final SystemA a;
  private final SystemB b;
  private final SchemaRegistry registry;
  private final Published published = new Published();
  private final Notified notified;
  private final AtomicInteger deadLetters = new AtomicInteger();
  private final List<TopicReader> readers;

  Witness(LocalStack stack) {
    String kafka = stack.kafka().bootstrapServers();
    this.a = new SystemA(stack.postgres().dataSource());
    this.b = new SystemB(stack.consumer().url());
    this.registry = new SchemaRegistry(SchemaRegistryConfig.of(stack.registry().url()));
    this.notified = new Notified(registry);
    this.readers =
        List.of(
            new TopicReader(kafka, Topics.EVENTS, published::add),
            new TopicReader(kafka, Topics.NOTIFICATIONS, notified::add),
            new TopicReader(kafka, Topics.DEAD_LETTERS, this::letter));
  }

  private void letter(ConsumerRecord<byte[], byte[]> record) {
    if (!LetterAction.isOne(record.headers())) {
      deadLetters.incrementAndGet();
    }
  }

  /** Begins to read the topics. */
  void start() {
    readers.forEach(TopicReader::start);
  }

  SystemA a() {
    return a;
  }

  SystemB b() {
    return b;
  }

  Published published() {
    return published;
  }

  Notified notified() {
    return notified;
  }

  int deadLetters() {
    return deadLetters.get();
  }

  /**
   * Collects the evidence when B has caught up, or had time enough to; then waits a little for what
   * might still come. Called when no more requests are sent and the services run.
   *
   * @param meanwhile called again and again
   */
  Evidence evidence(
      int acknowledgedChanges, Litter litter, List<Outage> outages, Runnable meanwhile)
      throws InterruptedException {
    long deadline = System.nanoTime() + CATCH_UP_LIMIT.toNanos();
    while (!Verdict.of(now(acknowledgedChanges, litter, outages)).holds()
        && System.nanoTime() < deadline) {
      meanwhile.run();
      pause(REFRESH);
    }
    pause(SETTLE);
    return now(acknowledgedChanges, litter, outages);
  }

  private Evidence now(int acknowledgedChanges, Litter litter, List<Outage> outages) {
    Map<UUID, CommittedEvent> committed = a.committed();
    Map<String, SystemB.Totals> totals = b.customers(notified.customers());
    Map<String, String> totalsInA = a.totals();
    Map<String, String> lines = new HashMap<>();
    totals.forEach((id, one) -> lines.put(id, one.line()));
    lines.keySet().retainAll(totalsInA.keySet());
    return new Evidence(
        acknowledgedChanges,
        committed,
        published,
        litter,
        notified.copies(),
        b.events(committed.keySet()),
        deadLetters.get(),
        a.orders(),
        b.orders(),
        totalsInA,
        lines,
        totals.values().stream().mapToLong(SystemB.Totals::events).sum(),
        outages);
  }

  private static void pause(Duration pause) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(pause.toMillis());
  }

  @Override
  public void close() {
    readers.forEach(TopicReader::close);
    registry.close();
    b.close();
  }
}
