package dev.waybill.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The relay with the settings that people get beside another mover of the same table, tuned: a
 * backlog that is there when the process starts, and the time from A's commit to a {@code
 * read_committed} reader. The sides take turns, each turn with a process, a database and a topic of
 * its own, and nothing of the other side is running.
 */
final class BesidePeer implements Measurement {
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

  @Override
  public List<Result> run(Stage stage) throws Exception {
    Mover relay = new WaybillMover();
    Mover peer = new DebeziumMover(debezium);
    List<PeerTurn> relays = new ArrayList<>();
    List<PeerTurn> peers = new ArrayList<>();
    for (int round = 0; round < stage.scale().rounds(ROUNDS); round++) {
      if (round % 2 == 0) {
        relays.add(turn(stage, relay, "relay_" + round));
      }
      peers.add(turn(stage, peer, "peer_" + round));
      if (round % 2 == 1) {
        relays.add(turn(stage, relay, "relay_" + round));
      }
    }
    return new PeerReport(relays, peers, peer.name()).results();
  }

  private static PeerTurn turn(Stage stage, Mover mover, String name) throws Exception {
    PeerTurn.Start drain = drain(stage, mover, name + "_drain");
    String topic = name + "_latency";
    Database database = stage.newDatabase(topic);
    stage.newTopic(topic);
    mover.prepare(database);
    Schedule.Opener writers = OutboxWriter.opener(database);
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
    return new PeerTurn(drain, slow, fast);
  }

  private static PeerTurn.Start drain(Stage stage, Mover mover, String topic) throws Exception {
    int rows = stage.scale().rows();
    Database database = stage.newDatabase(topic);
    stage.newTopic(topic);
    mover.prepare(database);
    Backlog.fill(database.source(), rows * BACKLOGS);
    PeerTurn.Start turn;
    long started = System.nanoTime();
    try (TopicEnd end = TopicEnd.of(stage.bootstrapServers(), topic);
        Mover.Running running = mover.launch(stage, database, topic)) {
      Meter meter = stage.meter(running.pid(), running::commits);
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
          new PeerTurn.Start(
              startMillis,
              new RelayRun.Drain((int) (first - none), begun.until(one)),
              new RelayRun.Drain((int) (third - second), two.until(three)));
    }
    stage
        .progress()
        .say(
            "%s drains: first event after %,.0f ms; just started %s; warmed up %s",
            mover.name(), turn.millis(), turn.cold(), turn.warm());
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
}
