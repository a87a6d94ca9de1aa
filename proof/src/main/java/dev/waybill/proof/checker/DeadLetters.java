package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Known;
import dev.waybill.proof.ledger.Letter;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * I7. What a bug made a dead letter of took effect when it was replayed after the bug's end, once,
 * however often it was replayed; what nobody can take was not applied by a replay; and no record
 * has two letters.
 */
final class DeadLetters {
  private DeadLetters() {}

  static Judged judge(Facts facts) {
    Findings findings = new Findings(Invariant.DEAD_LETTERS, facts);
    Set<Position> about = new HashSet<>();
    for (Letter letter : facts.ledger().letters()) {
      if (!about.add(new Position(letter.fromPartition(), letter.fromOffset()))) {
        findings.add(letter.eventId(), letter.readAt(), "has a second dead letter");
      }
    }
    for (UUID event : facts.replays().keySet()) {
      Known known = facts.known().get(event);
      boolean isApplied = known != null && known.applied();
      if (facts.built().contains(event) && !isApplied) {
        findings.add(event, "was replayed, and was not applied");
      } else if (isApplied && facts.committed().get(event) == null) {
        findings.add(event, "was applied by a replay, and was never committed");
      }
    }
    long notified =
        facts.ledger().notified().stream().filter(one -> facts.isCured(one.eventId())).count();
    long cured =
        facts.replays().keySet().stream()
            .filter(facts::isCured)
            .filter(event -> facts.notified().containsKey(event))
            .count();
    if (notified != cured) {
      findings.add("%s replayed events were notified of %s times".formatted(cured, notified));
    }
    return findings.judgedOrElse(
        !facts.replays().isEmpty(), facts.replays().size(), "nothing was replayed");
  }
}
