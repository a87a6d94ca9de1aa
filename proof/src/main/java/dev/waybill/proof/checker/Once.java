package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Notified;
import dev.waybill.proof.ledger.Published;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * I3. There is one notification of an event at most: its effect that the world sees. In the topic
 * it is once, too, but for the records that the attack wrote.
 */
final class Once {
  private Once() {}

  static Judged judge(Facts facts) {
    Findings findings = new Findings(Invariant.ONCE, facts);
    Set<UUID> notified = new HashSet<>();
    for (Notified effect : facts.ledger().notified()) {
      if (!notified.add(effect.eventId())) {
        findings.add(
            effect.eventId(),
            "took effect once more: partition %s, offset %s of the notifications"
                .formatted(effect.partition(), effect.offset()));
      }
    }
    Set<UUID> published = new HashSet<>();
    for (Published record : facts.relayed()) {
      facts
          .event(record)
          .filter(event -> !published.add(event.eventId()))
          .ifPresent(
              event ->
                  findings.add(
                      event.eventId(),
                      "was published once more: partition %s, offset %s"
                          .formatted(record.partition(), record.offset())));
    }
    int examined = facts.ledger().notified().size() + published.size();
    return findings.judgedOrElse(
        examined > 0, examined, "nothing was published, and nobody was notified of anything");
  }
}
