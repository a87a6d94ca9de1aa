package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Known;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * I9. A B that was built from the topic at rest says of each event and has in its tables what B
 * does. It reads no replays, of which B counts what came once more.
 */
final class Determinism {
  private Determinism() {}

  static Judged judge(Facts facts) {
    Findings findings = new Findings(Invariant.DETERMINISM, facts);
    if (facts.ledger().knownAgain().isEmpty()) {
      return Judged.notExamined(Invariant.DETERMINISM, "no second B was built from the same log");
    }
    Map<UUID, Known> again = new HashMap<>();
    facts.ledger().knownAgain().forEach(known -> again.put(known.eventId(), known));
    for (Known first : facts.known().values()) {
      Known second = again.remove(first.eventId());
      if (second == null
          || second.applied() != first.applied()
          || !(facts.replays().containsKey(first.eventId())
              || second.duplicates() == first.duplicates())) {
        findings.add(
            first.eventId(),
            "is known to B as %s, and to another B as %s".formatted(first, second));
      }
    }
    again.keySet().forEach(id -> findings.add(id, "is known to the second B alone"));
    facts
        .ledger()
        .rebuilt()
        .forEach(
            row ->
                findings.addUnlessEqual(
                    row.table(), row.id(), "B", row.first(), "another B", row.second()));
    return findings.judged(facts.known().size() + facts.ledger().rebuilt().size(), "");
  }
}
