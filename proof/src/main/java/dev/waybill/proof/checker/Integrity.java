package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Committed;
import dev.waybill.proof.ledger.Published;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * I5. The first record of an event has the payload, the version and the key that were committed;
 * and at rest B's tables say of each order and customer what A's say.
 */
final class Integrity {
  private Integrity() {}

  static Judged judge(Facts facts) {
    Findings findings = new Findings(Invariant.INTEGRITY, facts);
    Set<UUID> seen = new HashSet<>();
    for (Published record : facts.relayed()) {
      facts
          .event(record)
          .filter(event -> seen.add(event.eventId()))
          .ifPresent(event -> compare(event, record, findings));
    }
    facts
        .ledger()
        .rows()
        .forEach(
            row -> findings.addUnlessEqual(row.table(), row.id(), "A", row.inA(), "B", row.inB()));
    long examined = (long) seen.size() + facts.ledger().rows().size();
    return findings.judgedOrElse(
        examined > 0, examined, "no committed event was published, and no tables were read");
  }

  private static void compare(Committed event, Published record, Findings findings) {
    if (!Objects.equals(event.payload(), record.payload())) {
      findings.add(
          event.eventId(),
          "was committed with the payload %s and published with %s"
              .formatted(event.payload(), record.payload()));
    } else if (!event.aggregateId().equals(record.key())) {
      findings.add(
          event.eventId(),
          "is of order %s and was published with the key %s"
              .formatted(event.aggregateId(), record.key()));
    } else if (!Long.toString(event.version()).equals(record.version())) {
      findings.add(
          event.eventId(),
          "is of version %s and was published as %s".formatted(event.version(), record.version()));
    }
  }
}
