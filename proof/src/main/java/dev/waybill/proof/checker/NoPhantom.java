package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Known;
import dev.waybill.proof.ledger.Notified;
import dev.waybill.proof.ledger.Published;

/**
 * I2. What the relay has published, what B has applied and what B has notified of are committed
 * events. What the attack itself has put into the topic is left out there, and must not come out of
 * B either.
 */
final class NoPhantom {
  private NoPhantom() {}

  static Judged judge(Facts facts) {
    Findings findings = new Findings(Invariant.NO_PHANTOM, facts);
    for (Published record : facts.relayed()) {
      if (facts.event(record).isEmpty()) {
        findings.add(
            record.eventId(),
            record.readAt(),
            "is in the topic (%s) and was never committed".formatted(Facts.position(record)));
      }
    }
    for (Notified effect : facts.ledger().notified()) {
      if (!facts.committed().containsKey(effect.eventId())) {
        findings.add(effect.eventId(), "was notified of, and was never committed");
      }
    }
    for (Known known : facts.known().values()) {
      if (known.applied() && !facts.committed().containsKey(known.eventId())) {
        findings.add(known.eventId(), "was applied, and was never committed");
      }
    }
    long examined =
        (long) facts.relayed().size() + facts.ledger().notified().size() + facts.known().size();
    return findings.judgedOrElse(examined > 0, examined, "nothing came out of A");
  }
}
