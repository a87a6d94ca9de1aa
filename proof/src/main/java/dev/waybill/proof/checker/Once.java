package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Notified;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** I3. There is one notification of an event at most: its effect that the world sees. */
final class Once {
  private Once() {}

  static Judged judge(Facts facts) {
    Findings findings = new Findings(Invariant.ONCE, facts);
    Set<UUID> seen = new HashSet<>();
    for (Notified effect : facts.ledger().notified()) {
      if (!seen.add(effect.eventId())) {
        findings.add(
            effect.eventId(),
            "took effect once more: partition %s, offset %s of the notifications"
                .formatted(effect.partition(), effect.offset()));
      }
    }
    int examined = facts.ledger().notified().size();
    return findings.judgedOrElse(examined > 0, examined, "nobody was notified of anything");
  }
}
