package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Published;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * I11. What the reader saw that followed the topic is there for one that begins at rest, too: else
 * it was aborted, since nothing is compacted within a run. And no transaction is open at rest.
 */
final class Isolation {
  private Isolation() {}

  static Judged judge(Facts facts) {
    Findings findings = new Findings(Invariant.ISOLATION, facts);
    facts
        .ledger()
        .rest()
        .filter(rest -> rest.openTransactions() > 0)
        .ifPresent(
            rest ->
                findings.add(
                    "a transaction is still open in partitions of the topics: "
                        + rest.openTransactions()));
    int examined = facts.ledger().publishedAtRest().size();
    if (examined > 0) {
      compare(facts, findings);
    }
    return findings.judgedOrElse(examined > 0, examined, "no reader began at rest");
  }

  private static void compare(Facts facts, Findings findings) {
    Map<Position, Published> atRest = new HashMap<>();
    facts.ledger().publishedAtRest().forEach(record -> atRest.put(Facts.position(record), record));
    for (Published seen : facts.ledger().published()) {
      Optional<Published> there = Optional.ofNullable(atRest.get(Facts.position(seen)));
      if (there.isEmpty()) {
        findings.add(
            seen.eventId(),
            seen.readAt(),
            "was seen and is not there at rest: " + Facts.position(seen));
      } else if (!Optional.ofNullable(seen.eventId()).equals(there.map(Published::eventId))) {
        findings.add(
            seen.eventId(),
            seen.readAt(),
            "was seen, and at rest another is there: " + Facts.position(seen));
      }
    }
  }
}
