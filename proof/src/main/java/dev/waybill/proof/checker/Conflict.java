package dev.waybill.proof.checker;

import static java.util.stream.Collectors.toSet;

import dev.waybill.proof.ledger.Injected;
import dev.waybill.proof.ledger.Letter;
import dev.waybill.proof.ledger.Run;
import java.util.HashSet;
import java.util.Set;

/**
 * I8. Each injected record that contradicts an event (of those that B {@linkplain Retention can
 * tell of}), or is none, has its dead letter; and there are dead letters of these records only, and
 * of a bug that was built in, because A writes nothing that B cannot take, and a copy is dropped.
 */
final class Conflict {
  private Conflict() {}

  static Judged judge(Facts facts) {
    Findings findings = new Findings(Invariant.CONFLICT, facts);
    Set<Position> letters = facts.ledger().letters().stream().map(Conflict::about).collect(toSet());
    Set<Position> bad = new HashSet<>();
    long told = 0;
    for (Injected record : facts.ledger().injected()) {
      if (record.kind() == Injected.Kind.COPY) {
        continue;
      }
      Position position = new Position(record.partition(), record.offset());
      bad.add(position);
      if (isTold(record, facts.ledger().run())) {
        told++;
        if (!letters.contains(position)) {
          findings.add(
              "%s with the id %s, injected at %s into %s, was dropped in silence or applied"
                  .formatted(record.kind(), record.eventId(), facts.at(record.at()), position));
        }
      }
    }
    for (Letter letter : facts.ledger().letters()) {
      if (!letter.built() && !bad.contains(about(letter))) {
        findings.add(
            letter.eventId(),
            letter.readAt(),
            "is the dead letter %s, about %s".formatted(letter.reason(), about(letter)));
      }
    }
    return findings.judgedOrElse(
        told > 0,
        told + facts.ledger().letters().size(),
        "no conflict and no poison was injected, and there is no dead letter");
  }

  private static boolean isTold(Injected record, Run run) {
    return record.kind() != Injected.Kind.CONFLICT
        || Facts.eventId(record.eventId()).map(id -> Retention.covers(id, run)).orElse(true);
  }

  private static Position about(Letter letter) {
    return new Position(letter.fromPartition(), letter.fromOffset());
  }
}
