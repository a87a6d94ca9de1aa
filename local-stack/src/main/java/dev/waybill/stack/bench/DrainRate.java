package dev.waybill.stack.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * How fast a relay that was away publishes its backlog, beside Kafka's own ProducerPerformance with
 * records of the same payload, the same client settings and a topic of the same kind. Both are
 * processes that were just started, and both are timed from their first record to the last
 * acknowledgement; each round has a new backlog, which nobody has read before.
 */
final class DrainRate implements Measurement {
  private static final String NAME = "drain";
  private static final int LANES = 4;
  private static final int ROUNDS = 5;

  @Override
  public List<Result> run(Stage stage) throws Exception {
    List<RelayRun.Outcome> drained = new ArrayList<>();
    PerformanceTool tool = PerformanceTool.prepare(stage);
    Compared rates =
        Compared.inTurns(
            stage.scale().rounds(ROUNDS),
            round -> {
              RelayRun.Outcome outcome = drain(stage, round);
              drained.add(outcome);
              return outcome.eventsPerSecond();
            },
            round -> perform(stage, tool, round));
    double cpu = Percentiles.median(drained.stream().map(RelayRun.Outcome::cpuMillis).toList());
    return List.of(
        Result.of(
                NAME, "relay, %d lanes".formatted(LANES), rates, "events/s", "ProducerPerformance")
            .against(Target.ratio(0.7)),
        Result.of(NAME, "CPU of the relay for 1,000 events", cpu, "ms")
            .against(Target.below(5, "ms")));
  }

  private static RelayRun.Outcome drain(Stage stage, int round) throws Exception {
    String name = "drain_" + round;
    Database database = stage.newDatabase(name);
    Backlog.fill(database.source(), stage.scale().rows(), LANES);
    RelayRun.Outcome outcome =
        RelayRun.drain(
            stage, name, stage.relayEnvironment(database, name, LANES), stage.scale().rows());
    stage
        .progress()
        .say(
            "round %d: relay %,.0f events/s, %.2f ms CPU for 1,000",
            round + 1, outcome.eventsPerSecond(), outcome.cpuMillis());
    stage.drop(database);
    stage.deleteTopics(List.of(name));
    return outcome;
  }

  private static double perform(Stage stage, PerformanceTool tool, int round) throws Exception {
    String name = "perform_" + round;
    stage.newTopic(name);
    double rate = tool.send(name, stage.scale().rows());
    stage.progress().say("round %d: ProducerPerformance %,.0f records/s", round + 1, rate);
    stage.deleteTopics(List.of(name));
    return rate;
  }
}
