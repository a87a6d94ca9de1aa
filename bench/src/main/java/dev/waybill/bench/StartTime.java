package dev.waybill.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * How long an event waits for a relay that is started: one that was stopped in order, and one that
 * was killed with SIGKILL a moment before. Both count from the start of the process. The event was
 * committed before that, and topics and cursors are there, as they are at any start but the first.
 */
final class StartTime implements Measurement {
  private static final String NAME = "start";
  private static final int ROUNDS = 5;

  /** Enough that the lane has a cursor. */
  private static final int FIRST_EVENTS = 32;

  @Override
  public List<Result> run(Stage stage) throws Exception {
    Database database = stage.newDatabase(NAME);
    stage.newTopic(NAME);
    List<Double> started = new ArrayList<>();
    List<Double> killed = new ArrayList<>();
    try (Schedule.Writer writer = OutboxWriter.opener(database).open()) {
      Relays relays = new Relays(stage, database, writer);
      relays.start(FIRST_EVENTS).close();
      for (int round = 0; round < stage.scale().rounds(ROUNDS); round++) {
        try (RelayProcess relay = relays.start(1)) {
          started.add(relays.millis());
          relay.kill();
          try (RelayProcess again = relays.start(1)) {
            killed.add(relays.millis());
            again.requireAlive();
          }
        }
        stage
            .progress()
            .say("started: %,.0f ms; killed: %,.0f ms", started.get(round), killed.get(round));
      }
    }
    stage.deleteTopicsOf(NAME);
    stage.drop(database);
    return List.of(
        result("start of the relay's process to its first event", started, 2_500),
        result("SIGKILL and restart of the relay to its next event", killed, 3_000));
  }

  private static Result result(String what, List<Double> rounds, double target) {
    return Result.of(NAME, what, Percentiles.median(rounds), "ms")
        .against(Target.below(target, "ms"));
  }

  /** Starts one relay after the other. */
  private static final class Relays {
    private final Stage stage;
    private final Database database;
    private final Schedule.Writer writer;
    private double millis;

    Relays(Stage stage, Database database, Schedule.Writer writer) {
      this.stage = stage;
      this.database = database;
      this.writer = writer;
    }

    /** Commits events and starts a relay; blocks until a reader has all of them. */
    RelayProcess start(int events) throws Exception {
      try (TopicReader reader = TopicReader.start(stage.bootstrapServers(), NAME, events)) {
        for (int event = 0; event < events; event++) {
          writer.write(event);
        }
        long begun = System.nanoTime();
        RelayProcess relay = new WaybillMover().launch(stage, database, NAME);
        try {
          millis = (reader.arrivals()[0] - begun) / 1e6;
          return relay;
        } catch (Exception failure) {
          relay.close();
          throw failure;
        }
      }
    }

    /** What the last start took. */
    double millis() {
      return millis;
    }
  }
}
