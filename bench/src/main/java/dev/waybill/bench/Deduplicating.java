package dev.waybill.bench;

import java.util.List;

/**
 * B's own topology on a topic that is full, with the deduplication and with a pass-through in its
 * place; both under exactly_once_v2, each round a process of its own with stores and changelogs
 * that are empty. Timed from the first event to the commit of the last one's offset.
 */
final class Deduplicating implements Measurement {
  private static final String NAME = "deduplication";
  private static final int ROUNDS = 5;

  @Override
  public List<Result> run(Stage stage) throws Exception {
    int events = stage.scale().rows();
    stage.newTopic(NAME);
    OrderRecords.preload(stage, NAME, events);
    stage.progress().say("%,d order events are in the topic", events);
    Compared rates =
        Compared.inTurns(
            stage.scale().rounds(ROUNDS),
            round -> consume(stage, StreamsRun.DEDUPLICATING, round),
            round -> consume(stage, StreamsRun.PASSING, round));
    stage.deleteTopicsOf(NAME);
    return List.of(
        Result.of(NAME, "B, exactly_once_v2", rates, "events/s", "the same without deduplication")
            .against(Target.ratio(0.6)));
  }

  private static double consume(Stage stage, String how, int round) throws Exception {
    double rate = StreamsRun.consume(stage, NAME, how, round, stage.scale().rows());
    stage.progress().say("round %s: %s %,.0f events/s", round + 1, how, rate);
    return rate;
  }
}
