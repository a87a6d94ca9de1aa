package dev.waybill.stack.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How fast a relay that was away publishes its backlog, beside Kafka's own ProducerPerformance with
 * records of the same payload, the same client settings and as many partitions. Each side is one
 * process that does it twice: just started, and warmed up by the first time. Every time there is a
 * new backlog that nobody has read before, and a new topic.
 */
final class DrainRate implements Measurement {
  private static final String NAME = "drain";
  private static final int LANES = 4;
  private static final int ROUNDS = 5;

  @Override
  public List<Result> run(Stage stage) throws Exception {
    PerformanceTool tool = PerformanceTool.prepare(stage);
    List<RelayRun.Outcome> relays = new ArrayList<>();
    List<PerformanceTool.Rates> tools = new ArrayList<>();
    int rounds = stage.scale().rounds(ROUNDS);
    for (int round = 0; round < rounds; round++) {
      if (round % 2 == 0) {
        relays.add(drain(stage, round));
      }
      tools.add(perform(stage, tool, round));
      if (round % 2 == 1) {
        relays.add(drain(stage, round));
      }
    }
    return List.of(
        result("relay warmed up", relays, one -> one.warm().perSecond(), tools, one -> one.warm())
            .against(Target.ratio(0.7)),
        Result.of(NAME, "its CPU for 1,000 events", median(relays, RelayRun.Outcome::warm), "ms")
            .against(Target.below(5, "ms")),
        result(
            "relay just started", relays, one -> one.cold().perSecond(), tools, one -> one.cold()),
        Result.of(NAME, "its CPU for 1,000 events", median(relays, RelayRun.Outcome::cold), "ms"));
  }

  private static RelayRun.Outcome drain(Stage stage, int round) throws Exception {
    String name = "drain_" + round;
    int rows = stage.scale().rows();
    List<Database> backlogs =
        List.of(stage.newDatabase(name + "_cold"), stage.newDatabase(name + "_warm"));
    for (Database backlog : backlogs) {
      Backlog.fill(backlog.source(), rows, LANES);
    }
    RelayRun.Outcome outcome = RelayRun.drain(stage, name, backlogs, LANES, rows);
    stage.progress().say("round %d: relay %s", round + 1, outcome);
    for (Database backlog : backlogs) {
      stage.drop(backlog);
    }
    stage.deleteTopicsOf(name);
    return outcome;
  }

  private static PerformanceTool.Rates perform(Stage stage, PerformanceTool tool, int round)
      throws Exception {
    String topic = "perform_" + round;
    stage.newTopic(topic);
    PerformanceTool.Rates rates = tool.send(topic, stage.scale().rows());
    stage.progress().say("round %d: ProducerPerformance %s", round + 1, rates);
    stage.deleteTopicsOf(topic);
    return rates;
  }

  private static Result result(
      String what,
      List<RelayRun.Outcome> relays,
      ToDoubleFunction<RelayRun.Outcome> ofRelay,
      List<PerformanceTool.Rates> tools,
      ToDoubleFunction<PerformanceTool.Rates> ofTool) {
    Compared sides =
        Compared.of(
            relays.stream().mapToDouble(ofRelay).boxed().toList(),
            tools.stream().mapToDouble(ofTool).boxed().toList());
    String withLanes = what + ", " + LANES + " lanes";
    return Result.of(NAME, withLanes, sides, "events/s", "ProducerPerformance");
  }

  private static double median(
      List<RelayRun.Outcome> relays, Function<RelayRun.Outcome, RelayRun.Drain> of) {
    return Percentiles.median(relays.stream().map(of).map(RelayRun.Drain::cpuMillis).toList());
  }
}
