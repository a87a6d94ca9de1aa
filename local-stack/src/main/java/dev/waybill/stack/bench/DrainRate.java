package dev.waybill.stack.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How fast a relay that was away publishes its backlog, beside Kafka's own ProducerPerformance with
 * records of the same size, the same client settings and as many partitions. Each side is one
 * process that does it twice: just started, and warmed up by the first time. Every time there is a
 * new backlog that nobody has read before, and a new topic.
 */
final class DrainRate implements Measurement {
  private static final String NAME = "drain";
  private static final int LANES = 4;
  private static final int ROUNDS = 5;

  @Override
  public List<Result> run(Stage stage) throws Exception {
    PerformanceTool wholeTool = PerformanceTool.ofWholeRecords(stage);
    PerformanceTool valueTool = PerformanceTool.ofValues(stage);
    List<RelayRun.Outcome> relays = new ArrayList<>();
    List<PerformanceTool.Rates> whole = new ArrayList<>();
    List<PerformanceTool.Rates> values = new ArrayList<>();
    for (int round = 0; round < stage.scale().rounds(ROUNDS); round++) {
      whole.add(perform(stage, wholeTool, "whole_" + round));
      relays.add(drain(stage, round));
      values.add(perform(stage, valueTool, "values_" + round));
    }
    return results(relays, whole, values);
  }

  private static List<Result> results(
      List<RelayRun.Outcome> relays,
      List<PerformanceTool.Rates> whole,
      List<PerformanceTool.Rates> values) {
    String tool = "ProducerPerformance";
    String smaller = "ProducerPerformance, values alone";
    List<Double> warm = each(relays, one -> one.warm().perSecond());
    List<Double> cold = each(relays, one -> one.cold().perSecond());
    return List.of(
        rate("relay", Compared.of(warm, each(whole, PerformanceTool.Rates::warm)), tool)
            .against(Target.ratio(0.7)),
        Result.of(NAME, "CPU for 1,000 events", cpu(relays, one -> one.warm()), "ms")
            .against(Target.below(5, "ms")),
        rate("relay", Compared.of(warm, each(values, PerformanceTool.Rates::warm)), smaller),
        rate("just started", Compared.of(cold, each(whole, PerformanceTool.Rates::cold)), tool),
        Result.of(NAME, "CPU just started", cpu(relays, one -> one.cold()), "ms"));
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
    stage.progress().say("relay: %s", outcome);
    for (Database backlog : backlogs) {
      stage.drop(backlog);
    }
    stage.deleteTopicsOf(name);
    return outcome;
  }

  private static PerformanceTool.Rates perform(Stage stage, PerformanceTool tool, String topic)
      throws Exception {
    stage.newTopic(topic);
    PerformanceTool.Rates rates = tool.send(topic, stage.scale().rows());
    stage.progress().say("ProducerPerformance, %s: %s", topic, rates);
    stage.deleteTopicsOf(topic);
    return rates;
  }

  private static Result rate(String what, Compared sides, String beside) {
    return Result.of(NAME, "%s, %d lanes".formatted(what, LANES), sides, "events/s", beside);
  }

  private static double cpu(
      List<RelayRun.Outcome> relays, Function<RelayRun.Outcome, RelayRun.Drain> of) {
    return Percentiles.median(each(relays, one -> of.apply(one).cpuMillis()));
  }

  private static <T> List<Double> each(List<T> rounds, ToDoubleFunction<T> number) {
    return rounds.stream().mapToDouble(number).boxed().toList();
  }
}
