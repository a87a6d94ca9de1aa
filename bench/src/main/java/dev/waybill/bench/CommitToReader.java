package dev.waybill.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long an event takes from the moment A's COMMIT has returned until a {@code read_committed}
 * reader has it, beside a plain producer's record from its {@code send} to the same reader. Writers
 * follow a fixed schedule ({@link Schedule}), so that a hold-up anywhere is felt by every event
 * that was due meanwhile. Writers and reader are this process and share its clock; the relay is
 * another.
 */
final class CommitToReader implements Measurement {
  private static final String NAME = "latency";
  private static final int LANES = 4;
  private static final int ROUNDS = 3;
  private static final int WARM_UP_SECONDS = 15;
  private static final int SECONDS = 15;

  @Override
  public List<Result> run(Stage stage) throws Exception {
    Database database = stage.newDatabase(NAME);
    stage.newTopic(NAME);
    stage.newTopic("plain");
    List<Result> results = new ArrayList<>();
    try (RelayProcess relay =
        RelayProcess.start(stage, NAME, stage.relayEnvironment(database, NAME, LANES))) {
      for (int rate : new int[] {500, 2_000}) {
        results.addAll(at(rate, stage, database));
      }
      relay.requireAlive();
    }
    stage.deleteTopicsOf(NAME);
    stage.deleteTopicsOf("plain");
    stage.drop(database);
    return results;
  }

  private static List<Result> at(int rate, Stage stage, Database database) throws Exception {
    List<Latencies> outbox = new ArrayList<>();
    List<Latencies> plain = new ArrayList<>();
    for (int round = 0; round < stage.scale().rounds(ROUNDS); round++) {
      plain.add(round(stage, rate, "plain", PlainWriter.opener(stage)));
      outbox.add(round(stage, rate, NAME, OutboxWriter.opener(database, LANES)));
    }
    String events = String.format(Locale.ROOT, " at %,d events/s", rate);
    return List.of(
        result("p50 commit to reader" + events, outbox, plain, 0.5).against(Target.below(5, "ms")),
        result("p99 commit to reader" + events, outbox, plain, 0.99)
            .against(Target.below(30, "ms")),
        fromDue("p50 due to reader" + events, outbox, 0.5),
        fromDue("p99 due to reader" + events, outbox, 0.99));
  }

  private static Latencies round(Stage stage, int rate, String topic, Schedule.Opener opener)
      throws Exception {
    int warmUp = (int) (rate * stage.scale().seconds(WARM_UP_SECONDS).toMillis() / 1_000);
    int events = warmUp + (int) (rate * stage.scale().seconds(SECONDS).toMillis() / 1_000);
    Schedule schedule = new Schedule(events, rate);
    try (TopicReader reader = TopicReader.start(stage.bootstrapServers(), topic, events)) {
      schedule.run(opener);
      Latencies latencies = Latencies.between(schedule, reader.arrivals(), warmUp);
      stage.progress().say("%s at %,d/s: %s", topic, rate, latencies);
      return latencies;
    }
  }

  private static Result result(
      String what, List<Latencies> outbox, List<Latencies> plain, double share) {
    Compared sides =
        Compared.of(
            outbox.stream().map(one -> Percentiles.of(one.toReader(), share)).toList(),
            plain.stream().map(one -> Percentiles.of(one.toReader(), share)).toList());
    return Result.of(NAME, what, sides, "ms", "plain producer");
  }

  private static Result fromDue(String what, List<Latencies> rounds, double share) {
    List<Double> all = rounds.stream().map(one -> Percentiles.of(one.fromDue(), share)).toList();
    return Result.of(NAME, what, Percentiles.median(all), "ms");
  }
}
