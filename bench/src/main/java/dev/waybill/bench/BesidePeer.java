package dev.waybill.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The relay with the settings that people get beside another mover of the same table, tuned: a
 * backlog that is there when the process starts, and the time from A's commit to a {@code
 * read_committed} reader. The sides take turns, each turn with a process, a database and a topic of
 * its own, and nothing of the other side is running.
 */
final class BesidePeer implements Measurement {
  private static final String NAME = "peer";
  private static final int ROUNDS = 3;

  /** In backlogs: the first is drained by a process just started, the last by one warmed up. */
  private static final int BACKLOGS = 3;

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Path debezium;

  /**
   * @param debezium the folder of the unpacked distribution
   */
  BesidePeer(Path debezium) {
    this.debezium = debezium;
  }

  /** What one turn of one side found. */
  private record Turn(DrainTurn drain, Traffic slow, Traffic fast) {}

  /**
   * @param startMillis from the process's start to the first event that a reader can have
   */
  private record DrainTurn(double startMillis, RelayRun.Drain cold, RelayRun.Drain warm) {}

  @Override
  public List<Result> run(Stage stage) throws Exception {
    Mover relay = new WaybillMover();
    Mover peer = new DebeziumMover(debezium);
    List<Turn> relays = new ArrayList<>();
    List<Turn> peers = new ArrayList<>();
    for (int round = 0; round < stage.scale().rounds(ROUNDS); round++) {
      if (round % 2 == 0) {
        relays.add(turn(stage, relay, "relay_" + round));
      }
      peers.add(turn(stage, peer, "peer_" + round));
      if (round % 2 == 1) {
        relays.add(turn(stage, relay, "relay_" + round));
      }
    }
    return new Report(relays, peers, peer.name()).results();
  }

  private static Turn turn(Stage stage, Mover mover, String name) throws Exception {
    DrainTurn drain = drain(stage, mover, name + "_drain");
    String topic = name + "_latency";
    Database database = stage.newDatabase(topic);
    stage.newTopic(topic);
    mover.prepare(database);
    Schedule.Opener writers = OutboxWriter.opener(database, WaybillMover.LANES);
    Traffic slow;
    Traffic fast;
    try (Mover.Running running = mover.launch(stage, database, topic)) {
      Meter meter = stage.meter(running.pid(), () -> 0);
      Traffic.at(2_000, stage, topic, writers, meter);
      Meter counting = stage.meter(running.pid(), running::commits);
      slow = Traffic.at(500, stage, topic, writers, counting);
      fast = Traffic.at(2_000, stage, topic, writers, counting);
      running.requireAlive();
    }
    remove(stage, mover, database, topic);
    return new Turn(drain, slow, fast);
  }

  private static DrainTurn drain(Stage stage, Mover mover, String topic) throws Exception {
    int rows = stage.scale().rows();
    Database database = stage.newDatabase(topic);
    stage.newTopic(topic);
    mover.prepare(database);
    Backlog.fill(database.source(), rows * BACKLOGS, WaybillMover.LANES);
    DrainTurn turn;
    long started = System.nanoTime();
    try (TopicEnd end = TopicEnd.of(stage.bootstrapServers(), topic);
        Mover.Running running = mover.launch(stage, database, topic)) {
      Meter meter = stage.meter(running.pid(), () -> 0);
      long none = await(end, running, 1);
      Meter.Reading begun = meter.read();
      double startMillis = (begun.nanos() - started) / 1e6;
      long first = await(end, running, rows);
      Meter.Reading one = meter.read();
      long second = await(end, running, (long) rows * (BACKLOGS - 1));
      Meter.Reading two = meter.read();
      long third = await(end, running, (long) rows * BACKLOGS);
      Meter.Reading three = meter.read();
      turn =
          new DrainTurn(
              startMillis,
              new RelayRun.Drain((int) (first - none), begun.until(one)),
              new RelayRun.Drain((int) (third - second), two.until(three)));
    }
    stage
        .progress()
        .say(
            "%s drains: first event after %,.0f ms; just started %s; warmed up %s",
            mover.name(), turn.startMillis, turn.cold, turn.warm);
    remove(stage, mover, database, topic);
    return turn;
  }

  /** Waits until so many events are in the topic; returns how many there are then. */
  private static long await(TopicEnd end, Mover.Running running, long events) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    long there = end.committed();
    while (there < events) {
      running.requireAlive();
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(there + " of " + events + " events after " + LIMIT);
      }
      TimeUnit.MILLISECONDS.sleep(10);
      there = end.committed();
    }
    return there;
  }

  private static void remove(Stage stage, Mover mover, Database database, String topic)
      throws Exception {
    mover.release(database);
    stage.drop(database);
    stage.deleteTopicsOf(topic);
  }

  /** The lines, each with both sides. */
  private record Report(List<Turn> relays, List<Turn> peers, String peer) {

    List<Result> results() {
      List<Result> all = new ArrayList<>();
      all.add(line("start of the process to the first event", "ms", one -> one.drain.startMillis));
      drained(all, "just started", 7, one -> one.drain.cold);
      drained(all, "warmed up", 10, one -> one.drain.warm);
      traffic(all, "500 events/s", 1, Turn::slow);
      traffic(all, "2,000 events/s", 0.5, Turn::fast);
      return all;
    }

    private void drained(
        List<Result> all, String how, int target, Function<Turn, RelayRun.Drain> of) {
      String what = "drain, " + how;
      all.add(
          line(what, "events/s", one -> of.apply(one).perSecond()).against(Target.ratio(target)));
      String cpu = what + ", CPU for 1,000 events";
      all.add(line(cpu, "ms", one -> of.apply(one).millis(of.apply(one).use().mover())));
      all.add(
          line(cpu + ", broker", "ms", one -> of.apply(one).millis(of.apply(one).use().broker())));
      all.add(
          line(
              cpu + ", PostgreSQL",
              "ms",
              one -> of.apply(one).millis(of.apply(one).use().postgres())));
    }

    private void traffic(List<Result> all, String rate, double target, Function<Turn, Traffic> of) {
      for (double share : new double[] {0.5, 0.99}) {
        String what = (share == 0.5 ? "p50" : "p99") + " commit to reader at " + rate;
        all.add(
            line(what, "ms", one -> Percentiles.of(of.apply(one).latencies().toReader(), share))
                .against(Target.below(target, "")));
      }
      all.add(cpu("CPU at " + rate, of, Use::mover));
      all.add(cpu("CPU of the broker at " + rate, of, Use::broker));
      all.add(cpu("CPU of PostgreSQL, writers included, at " + rate, of, Use::postgres));
      all.add(
          Result.of(
              NAME,
              "Kafka transactions at " + rate,
              Use.median(relays.stream().map(one -> of.apply(one).use()).toList())
                  .commitsPerSecond(),
              "tx/s"));
    }

    private Result cpu(String what, Function<Turn, Traffic> of, ToDoubleFunction<Use> process) {
      return line(
          what,
          "%",
          one -> {
            Use use = of.apply(one).use();
            return use.ofCore(process.applyAsDouble(use));
          });
    }

    private Result line(String what, String unit, ToDoubleFunction<Turn> number) {
      Compared sides =
          Compared.of(
              relays.stream().mapToDouble(number).boxed().toList(),
              peers.stream().mapToDouble(number).boxed().toList());
      return Result.of(NAME, what, sides, unit, peer);
    }
  }
}
