package dev.waybill.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How fast a relay that was away publishes its backlog, beside Kafka's own ProducerPerformance with
 * records of the same size, the same client settings and as many partitions: processes that are
 * warmed up by as many records, and processes just started. What is timed is always a backlog that
 * nobody has read before.
 */
final class DrainRate implements Measurement {
  private static final String NAME = "drain";
  private static final int ROUNDS = 3;

  /** What each round found: the relay, and the tool in three ways. */
  private record Round(
      RelayRun.Outcome relay, double toolWarm, double toolCold, double toolWithValues) {}

  @Override
  public List<Result> run(Stage stage) throws Exception {
    PerformanceTool whole = PerformanceTool.ofWholeRecords(stage);
    PerformanceTool values = PerformanceTool.ofValues(stage);
    int warmUp = stage.scale().rows() * RelayRun.WARM_UP_DRAINS;
    List<Round> rounds = new ArrayList<>();
    for (int round = 0; round < stage.scale().rounds(ROUNDS); round++) {
      double warm = perform(stage, whole, "warm_" + round, warmUp);
      RelayRun.Outcome relay = drain(stage, round);
      double cold = perform(stage, whole, "cold_" + round, 0);
      double withValues = perform(stage, values, "values_" + round, warmUp);
      rounds.add(new Round(relay, warm, cold, withValues));
    }
    return results(rounds);
  }

  private static List<Result> results(List<Round> rounds) {
    List<Double> warm = each(rounds, one -> one.relay().warm().perSecond());
    List<Double> cold = each(rounds, one -> one.relay().cold().perSecond());
    String tool = "ProducerPerformance";
    return List.of(
        rate("relay", Compared.of(warm, each(rounds, Round::toolWarm)), tool)
            .against(Target.ratio(0.65)),
        cpu("relay", rounds, one -> one.relay().warm(), Use::mover)
            .against(Target.below(3.5, "ms")),
        cpu("the broker", rounds, one -> one.relay().warm(), Use::broker),
        cpu("PostgreSQL", rounds, one -> one.relay().warm(), Use::postgres)
            .against(Target.below(1.5, "ms")),
        Result.of(
            NAME,
            "Kafka transactions",
            Percentiles.median(each(rounds, one -> one.relay().warm().use().commitsPerSecond())),
            "tx/s"),
        rate(
            "relay",
            Compared.of(warm, each(rounds, Round::toolWithValues)),
            tool + ", values only"),
        rate("just started", Compared.of(cold, each(rounds, Round::toolCold)), tool),
        cpu("relay, just started", rounds, one -> one.relay().cold(), Use::mover),
        cpu("the broker, just started", rounds, one -> one.relay().cold(), Use::broker),
        cpu("PostgreSQL, just started", rounds, one -> one.relay().cold(), Use::postgres));
  }

  private static RelayRun.Outcome drain(Stage stage, int round) throws Exception {
    String name = "drain_" + round;
    int rows = stage.scale().rows();
    Database first = stage.newDatabase(name + "_first");
    Database second = stage.newDatabase(name + "_second");
    Backlog.fill(first.source(), rows);
    Backlog.fill(second.source(), rows);
    RelayRun.Outcome outcome = RelayRun.drain(stage, name, first, second, rows);
    stage.progress().say("relay: %s", outcome);
    stage.drop(first);
    stage.drop(second);
    stage.deleteTopicsOf(name);
    return outcome;
  }

  private static double perform(Stage stage, PerformanceTool tool, String topic, int warmUp)
      throws Exception {
    stage.newTopicWithoutKeys(topic);
    double rate = tool.send(topic, warmUp, stage.scale().rows());
    stage.progress().say("ProducerPerformance, %s: %,.0f records/s", topic, rate);
    stage.deleteTopicsOf(topic);
    return rate;
  }

  private static Result rate(String what, Compared sides, String beside) {
    return Result.of(NAME, what, sides, "events/s", beside);
  }

  private static Result cpu(
      String of,
      List<Round> rounds,
      Function<Round, RelayRun.Drain> drain,
      ToDoubleFunction<Use> process) {
    List<Double> millis =
        each(rounds, one -> drain.apply(one).millis(process.applyAsDouble(drain.apply(one).use())));
    return Result.of(NAME, of + ", CPU for 1,000 events", Percentiles.median(millis), "ms");
  }

  private static List<Double> each(List<Round> rounds, ToDoubleFunction<Round> number) {
    return rounds.stream().mapToDouble(number).boxed().toList();
  }
}
