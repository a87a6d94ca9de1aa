package dev.waybill.proof.campaign;

import dev.waybill.proof.KafkaClients;
import dev.waybill.proof.ledger.Committed;
import dev.waybill.proof.ledger.Known;
import dev.waybill.proof.ledger.LedgerWriter;
import dev.waybill.proof.ledger.Rebuilt;
import dev.waybill.proof.ledger.Rest;
import dev.waybill.proof.ledger.Row;
import dev.waybill.proof.systems.AppliedEvent;
import dev.waybill.proof.systems.OutboxRows;
import dev.waybill.proof.systems.SystemA;
import dev.waybill.proof.systems.SystemB;
import dev.waybill.proof.systems.Topics;
import dev.waybill.proof.systems.WholeTopic;
import dev.waybill.proof.world.Member;
import dev.waybill.proof.world.TcpProxy;
import dev.waybill.proof.world.World;
import dev.waybill.stack.StackService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The end of a run: makes the world whole, waits until nothing moves, and reads everything. */
final class AtRest {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Duration STILL = Duration.ofSeconds(4);

  /**
   * Where nothing has come for so long, nothing will; what is missing then is for the judge to say.
   */
  private static final Duration GIVEN_UP = CampaignRun.LIVENESS;

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration READ_LIMIT = Duration.ofMinutes(2);

  private final World world;
  private final LedgerWriter ledger;
  private final Observers observers;
  private final OutboxRows outbox;

  /**
   * @param outbox with the rows that were there before somebody removed some
   */
  AtRest(World world, LedgerWriter ledger, Observers observers, OutboxRows outbox) {
    this.world = world;
    this.ledger = ledger;
    this.observers = observers;
    this.outbox = outbox;
  }

  /**
   * Blocks for as long as things move; five minutes at most and what reading takes.
   *
   * @param acknowledged how many changes A has acknowledged
   * @param compacts whether the topic is compacted afterwards, and a B built from what is left
   */
  void read(long acknowledged, boolean compacts, Display display)
      throws InterruptedException, ExecutionException {
    World.links().forEach(link -> world.set(link, TcpProxy.Mode.OPEN));
    Stream.of(Member.values()).forEach(world::start);
    try {
      world.awaitReady();
    } catch (IllegalStateException notReady) {
      String why = String.valueOf(notReady.getMessage());
      display.say("the world does not come to rest: " + why);
      ledger.add(new Rest(System.currentTimeMillis(), 0, null, why));
      return;
    }
    awaitStill(acknowledged);
    display.say("the world is at rest; PostgreSQL, the topics and B's stores are read");
    // What each instance has, one of them alone can tell.
    world.service(Member.B_2).close();
    world.service(Member.B_1).awaitReady(READ_LIMIT);
    Set<UUID> committed = readOutbox();
    Tables tables;
    try (SystemB b = new SystemB(world.service(Member.B_1).url())) {
      b.events(committed).forEach((id, known) -> ledger.add(known(id, known)));
      tables = Tables.of(b, observers.customers());
      compareWithA(tables);
    }
    world.service(Member.B_1).close();
    display.say("another B is built from the topic, and has to say the same");
    readAgain(committed, tables);
    int open = readTopic();
    if (compacts) {
      observers.close();
      display.say("the topic is compacted, and another B is built from what is left");
      readNewcomer();
    }
    ledger.add(new Rest(System.currentTimeMillis(), open, null, null));
  }

  /**
   * Until for some seconds nothing has come, and for longer where not all that was acknowledged
   * did.
   */
  private void awaitStill(long acknowledged) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    long since = System.nanoTime();
    int last = -1;
    while (System.nanoTime() < deadline) {
      int now = observers.published() + observers.applied() + observers.letters();
      if (now != last) {
        since = System.nanoTime();
      }
      Duration enough = observers.applied() < acknowledged ? GIVEN_UP : STILL;
      if (System.nanoTime() - since > enough.toNanos()) {
        return;
      }
      last = now;
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
  }

  private Set<UUID> readOutbox() {
    outbox.read(world.servers().postgres().dataSource());
    List<Committed> rows = outbox.all();
    rows.forEach(ledger::add);
    return rows.stream().map(Committed::eventId).collect(Collectors.toSet());
  }

  private static Known known(UUID id, AppliedEvent event) {
    return new Known(id, event.applied(), event.duplicates(), event.at().toEpochMilli());
  }

  /** What a B has, in a line each. */
  private record Tables(Map<String, String> orders, Map<String, String> customers) {

    static Tables of(SystemB b, Set<String> customers) {
      Map<String, String> totals = new HashMap<>();
      b.customers(customers).forEach((id, one) -> totals.put(id, one.line()));
      return new Tables(b.orders(), totals);
    }
  }

  private void compareWithA(Tables b) {
    withA(b).forEach(ledger::add);
  }

  /** Relays would refuse such a topic, and say so. */
  private void readNewcomer() throws InterruptedException, ExecutionException {
    Stream.of(Member.RELAY_1, Member.RELAY_2).map(world::service).forEach(StackService::close);
    Map<TopicPartition, Long> last = new Compaction(world.servers().kafka()).force();
    try (StackService newcomer = world.anotherB("newcomer", last);
        SystemB b = new SystemB(newcomer.url())) {
      withA(Tables.of(b, observers.customers())).forEach(ledger::addNewcomer);
    }
  }

  private List<Row> withA(Tables b) {
    SystemA a = new SystemA(world.servers().postgres().dataSource());
    Map<String, String> totals = a.totals();
    Map<String, String> inB = new HashMap<>(b.customers());
    inB.keySet().retainAll(totals.keySet()); // Those all of whose orders were erased are B's alone.
    List<Row> rows = new ArrayList<>();
    rows.addAll(
        compare(a.orders(), b.orders(), (id, inA, its) -> new Row(Row.Table.ORDERS, id, inA, its)));
    rows.addAll(compare(totals, inB, (id, inA, its) -> new Row(Row.Table.CUSTOMERS, id, inA, its)));
    return rows;
  }

  private void readAgain(Set<UUID> committed, Tables first) throws InterruptedException {
    try (StackService another = world.anotherB("another-consumer", observers.lastOffsets());
        SystemB b = new SystemB(another.url())) {
      b.events(committed).forEach((id, known) -> ledger.addAgain(known(id, known)));
      Tables second = Tables.of(b, observers.customers());
      compare(
              first.orders(),
              second.orders(),
              (id, one, other) -> new Rebuilt(Row.Table.ORDERS, id, one, other))
          .forEach(ledger::add);
      compare(
              first.customers(),
              second.customers(),
              (id, one, other) -> new Rebuilt(Row.Table.CUSTOMERS, id, one, other))
          .forEach(ledger::add);
    }
  }

  private interface Comparison<T> {
    T of(String id, @Nullable String one, @Nullable String other);
  }

  private static <T> List<T> compare(
      Map<String, String> one, Map<String, String> other, Comparison<T> comparison) {
    Set<String> ids = new HashSet<>(one.keySet());
    ids.addAll(other.keySet());
    return ids.stream().map(id -> comparison.of(id, one.get(id), other.get(id))).toList();
  }

  /** The events' topic once more from its first offset; returns how many partitions are open. */
  private int readTopic() {
    String kafka = world.servers().kafka().bootstrapServers();
    WholeTopic.read(
        kafka, Topics.EVENTS, READ_LIMIT, record -> ledger.addAtRest(Observers.published(record)));
    try (KafkaConsumer<byte[], byte[]> reader = KafkaClients.reader(kafka)) {
      List<TopicPartition> partitions =
          Stream.of(Topics.EVENTS, Topics.NOTIFICATIONS, Topics.DEAD_LETTERS)
              .flatMap(topic -> WholeTopic.partitions(reader, topic).stream())
              .toList();
      return open(partitions, reader.endOffsets(partitions));
    }
  }

  private int open(List<TopicPartition> partitions, Map<TopicPartition, Long> readable) {
    try (KafkaConsumer<byte[], byte[]> all =
        KafkaClients.readerOfAll(world.servers().kafka().bootstrapServers())) {
      return (int)
          all.endOffsets(partitions).entrySet().stream()
              .filter(end -> end.getValue() > readable.getOrDefault(end.getKey(), 0L))
              .count();
    }
  }
}
