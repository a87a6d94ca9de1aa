package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Committed;
import dev.waybill.proof.ledger.Notified;
import dev.waybill.proof.ledger.Published;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * I4. In the topic an aggregate is in one partition, and the first records of its events have the
 * versions 1, 2, 3 and so on by their offsets. Notifications of an aggregate that are in the same
 * partition are in the order of its versions; there may be gaps, since nobody is notified of a
 * tombstone, and what was replayed comes when it is.
 *
 * <p>The versions are those that A has committed; whether a record says the same is a matter of
 * {@link Integrity}.
 */
final class Order {
  private final Facts facts;
  private final Findings findings;
  private long examined;

  private Order(Facts facts) {
    this.facts = facts;
    findings = new Findings(Invariant.ORDER, facts);
  }

  static Judged judge(Facts facts) {
    Order order = new Order(facts);
    order.topic();
    order.effects();
    return order.findings.judgedOrElse(
        order.examined > 0, order.examined, "no committed event was published");
  }

  private void topic() {
    Map<String, Last> aggregates = new HashMap<>();
    Set<UUID> seen = new HashSet<>();
    for (Published record : facts.relayed()) {
      facts
          .event(record)
          .ifPresent(
              event -> {
                Last last =
                    aggregates.computeIfAbsent(
                        event.aggregateId(), first -> new Last(record.partition()));
                if (last.partition != record.partition()) {
                  findings.add(
                      event.eventId(),
                      "is in partition %s, others of its order are in %s"
                          .formatted(record.partition(), last.partition));
                } else if (seen.add(event.eventId())) {
                  follows(event, last);
                }
              });
    }
    examined += seen.size();
  }

  private void follows(Committed event, Last last) {
    if (event.version() != last.version + 1) {
      findings.add(
          event.eventId(),
          "of version %s is published after version %s of its order"
              .formatted(event.version(), last.version));
    }
    last.version = Math.max(last.version, event.version());
  }

  private void effects() {
    List<Notified> effects =
        facts.notified().values().stream()
            .sorted(
                Comparator.comparingInt(Notified::partition).thenComparingLong(Notified::offset))
            .toList();
    Map<String, Last> aggregates = new HashMap<>();
    for (Notified effect : effects) {
      Committed event = facts.committed().get(effect.eventId());
      if (event != null && !facts.isCured(event.eventId())) {
        examined++;
        Last last =
            aggregates.compute(
                event.aggregateId(),
                (id, before) ->
                    before == null || before.partition != effect.partition()
                        ? new Last(effect.partition())
                        : before);
        if (event.version() < last.version) {
          findings.add(
              event.eventId(),
              "of version %s took effect after version %s of its order"
                  .formatted(event.version(), last.version));
        }
        last.version = Math.max(last.version, event.version());
      }
    }
  }

  /** The highest version of an aggregate so far. */
  private static final class Last {
    private final int partition;
    private long version;

    private Last(int partition) {
      this.partition = partition;
    }
  }
}
