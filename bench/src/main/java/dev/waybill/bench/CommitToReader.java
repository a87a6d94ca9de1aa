package dev.waybill.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How long an event takes from the moment A's COMMIT has returned until a {@code read_committed}
 * reader has it, beside a plain producer's record from its {@code send} to the same reader. Writers
 * follow a fixed schedule ({@link Schedule}), so that a hold-up anywhere is felt by every event
 * that was due meanwhile. Writers and reader are this process and share its clock; the relay is
 * another, and idle while it is the plain producer's turn.
 */
final class CommitToReader implements Measurement {
  private static final String NAME = "latency";
  private static final int ROUNDS = 3;

  @Override
  public List<Result> run(Stage stage) throws Exception {
    Database database = stage.newDatabase(NAME);
    stage.newTopic(NAME);
    stage.newTopic("plain");
    List<Result> results = new ArrayList<>();
    try (RelayProcess relay =
        RelayProcess.start(stage, NAME, stage.relayEnvironment(database, NAME))) {
      Meter meter = stage.meter(relay.pid(), relay::commits);
      List<Traffic> idle = new ArrayList<>();
      for (int rate : new int[] {500, 2_000}) {
        results.addAll(at(rate, stage, database, meter, idle));
      }
      results.add(cpu("CPU of the idle relay", idle, Use::mover).against(Target.below(3, "%")));
      relay.requireAlive();
    }
    stage.deleteTopicsOf(NAME);
    stage.deleteTopicsOf("plain");
    stage.drop(database);
    return results;
  }

  private static List<Result> at(
      int rate, Stage stage, Database database, Meter meter, List<Traffic> idle) throws Exception {
    List<Traffic> outbox = new ArrayList<>();
    List<Traffic> plain = new ArrayList<>();
    for (int round = 0; round < stage.scale().rounds(ROUNDS); round++) {
      plain.add(Traffic.at(rate, stage, "plain", PlainWriter.opener(stage), meter));
      outbox.add(Traffic.at(rate, stage, NAME, OutboxWriter.opener(database), meter));
    }
    idle.addAll(plain);
    String events = String.format(Locale.ROOT, " at %,d events/s", rate);
    return List.of(
        result("p50 commit to reader" + events, outbox, plain, 0.5).against(Target.below(5, "ms")),
        result("p99 commit to reader" + events, outbox, plain, 0.99)
            .against(Target.below(30, "ms")),
        fromDue("p50 due to reader" + events, outbox, 0.5),
        fromDue("p99 due to reader" + events, outbox, 0.99),
        cpu("CPU of the relay" + events, outbox, Use::mover),
        cpu("CPU of the broker" + events, outbox, Use::broker),
        cpu("CPU of PostgreSQL, writers included," + events, outbox, Use::postgres),
        Result.of(NAME, "Kafka transactions" + events, median(outbox).commitsPerSecond(), "tx/s"));
  }

  private static Result result(
      String what, List<Traffic> outbox, List<Traffic> plain, double share) {
    Compared sides =
        Compared.of(
            outbox.stream().map(one -> Percentiles.of(one.latencies().toReader(), share)).toList(),
            plain.stream().map(one -> Percentiles.of(one.latencies().toReader(), share)).toList());
    return Result.of(NAME, what, sides, "ms", "plain producer");
  }

  private static Result fromDue(String what, List<Traffic> rounds, double share) {
    List<Double> all =
        rounds.stream().map(one -> Percentiles.of(one.latencies().fromDue(), share)).toList();
    return Result.of(NAME, what, Percentiles.median(all), "ms");
  }

  private static Result cpu(String what, List<Traffic> rounds, ToDoubleFunction<Use> process) {
    Use use = median(rounds);
    return Result.of(NAME, what, use.ofCore(process.applyAsDouble(use)), "%");
  }

  private static Use median(List<Traffic> rounds) {
    return Use.median(rounds.stream().map(Traffic::use).toList());
  }
}
