package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Fault;
import dev.waybill.proof.ledger.Notified;
import dev.waybill.proof.ledger.Published;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * I3. There is one notification of an event at most: its effect that the world sees. In the topic
 * it is once, too, but for the records that the attack wrote, and once more for each standby of A's
 * database that was promoted: the relay then publishes again what it finds.
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
    Map<UUID, Integer> published = new HashMap<>();
    for (Published record : facts.relayed()) {
      facts
          .event(record)
          .filter(
              event ->
                  published.merge(event.eventId(), 1, Integer::sum)
                      > 1 + histories(facts, record.readAt()))
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

  /** How many had ended by then: with a promotion, A's database has another history. */
  private static long histories(Facts facts, long moment) {
    return facts.ledger().faults().stream()
        .filter(fault -> fault.what().equals(Fault.PROMOTION) && fault.began() <= moment)
        .count();
  }
}
