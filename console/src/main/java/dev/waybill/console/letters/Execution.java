package dev.waybill.console.letters;

import dev.waybill.console.systems.EventIds;
import dev.waybill.console.systems.Records;
import dev.waybill.console.systems.Sender;
import dev.waybill.deduplication.LetterAction;
import dev.waybill.deduplication.LetterPlace;
import dev.waybill.deduplication.replay.Letter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Does a plan's letters, a few at a time. What is done twice has no effect twice. */
final class Execution {
  /** It was sent; what comes of it, B decides. */
  static final String SENT = "sent";

  /** It was written down. */
  static final String DONE = "done";

  /** What came of a letter, as far as this process did it. */
  record Done(LetterPlace place, String eventId, String outcome) {}

  private final Records records;
  private final Sender sender;
  private final String replays;
  private final Plan plan;

  Execution(Records records, Sender sender, String replays, Plan plan) {
    this.records = records;
    this.sender = sender;
    this.replays = replays;
    this.plan = plan;
  }

  /**
   * Does some; returns when the broker has all of it.
   *
   * @return what came of each
   * @throws dev.waybill.console.systems.AwayException when the broker is away; then some may be
   *     done, and doing all again is harmless
   */
  List<Done> run(List<LetterPlace> some, Instant now) {
    List<Done> outcomes = new ArrayList<>();
    List<ProducerRecord<byte[], byte[]>> out = new ArrayList<>();
    for (LetterPlace place : some) {
      outcomes.add(one(place, now, out));
    }
    sender.send(out);
    return outcomes;
  }

  /** The events of letters that are replayed, as far as they are there and have ids. */
  Set<String> eventIds(List<LetterPlace> some) {
    return plan.action() != LetterAction.Kind.REPLAY
        ? Set.of()
        : some.stream()
            .flatMap(place -> records.record(place).stream())
            .map(record -> new Letter(record).eventId())
            .filter(id -> EventIds.parse(id).isPresent())
            .collect(Collectors.toSet());
  }

  /**
   * Sends the repaired letter; returns when the broker has it.
   *
   * @throws dev.waybill.console.systems.AwayException when the broker is away; then it may be sent,
   *     and doing it again is harmless
   */
  Done run(Repair repair, Instant now) {
    LetterPlace place = repair.letter().place();
    String why = "edited: " + plan.reason();
    sender.send(
        List.of(
            repair.toRecord(replays, records.partitions(replays)),
            new LetterAction(plan.action(), place, plan.by(), why, now).toRecord()));
    return new Done(place, repair.eventId(), SENT);
  }

  /** Instead of it, when its event took effect before. */
  Done leftOut(Repair repair) {
    return new Done(
        repair.letter().place(),
        repair.eventId(),
        "left out: an event of its id has taken effect already");
  }

  /**
   * Says in the topic that the event of a repaired letter took effect, for B, which cannot know it
   * where that has an id of its own.
   *
   * @throws dev.waybill.console.systems.AwayException when the broker is away
   */
  void noteApplied(Repair repair, Instant now) {
    String why = "edited: as event " + repair.eventId();
    sender.send(
        List.of(
            new LetterAction(
                    LetterAction.Kind.APPLIED, repair.letter().place(), plan.by(), why, now)
                .toRecord()));
  }

  private Done one(LetterPlace place, Instant now, List<ProducerRecord<byte[], byte[]>> out) {
    Optional<ConsumerRecord<byte[], byte[]>> found = records.record(place);
    if (found.isEmpty() || LetterAction.isOne(found.get().headers())) {
      return new Done(place, "", "not there any more");
    }
    Letter letter = new Letter(found.get());
    if (plan.action() == LetterAction.Kind.REPLAY) {
      Optional<String> hopeless = letter.notReplayable();
      if (hopeless.isPresent()) {
        return new Done(place, letter.eventId(), "left out: " + hopeless.get());
      }
      out.add(letter.replay(replays, records.partitions(replays)));
    }
    out.add(new LetterAction(plan.action(), place, plan.by(), plan.reason(), now).toRecord());
    boolean sent = plan.action() == LetterAction.Kind.REPLAY;
    return new Done(place, letter.eventId(), sent ? SENT : DONE);
  }
}
