package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Committed;
import dev.waybill.proof.ledger.Known;
import dev.waybill.proof.ledger.Request;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * I1. Each committed event is applied by B's word, as far as B {@linkplain Retention can tell}, and
 * notified of unless it is a tombstone; or it is an open dead letter. Each change that A has
 * acknowledged has its event.
 */
final class NoLoss {
  private final Facts facts;
  private final Findings findings;

  private NoLoss(Facts facts) {
    this.facts = facts;
    findings = new Findings(Invariant.NO_LOSS, facts);
  }

  static Judged judge(Facts facts) {
    return new NoLoss(facts).judged();
  }

  private Judged judged() {
    Set<UUID> letters = openLetters();
    facts.committed().values().stream()
        .filter(event -> !letters.contains(event.eventId()))
        .forEach(this::arrived);
    long changes = acknowledged();
    long events = facts.committed().size();
    return findings.judgedOrElse(
        events + changes > 0, events + changes, "nothing was committed or acknowledged");
  }

  /**
   * A conflict is a letter with the id of an event that was not lost; it is injected. What was
   * replayed is open no more.
   */
  private Set<UUID> openLetters() {
    Set<UUID> events = new HashSet<>();
    facts.ledger().letters().stream()
        .filter(
            letter ->
                !facts
                    .injected()
                    .contains(new Position(letter.fromPartition(), letter.fromOffset())))
        .forEach(letter -> Facts.eventId(letter.eventId()).ifPresent(events::add));
    events.removeIf(facts::isCured);
    return events;
  }

  private void arrived(Committed event) {
    Known known = facts.known().get(event.eventId());
    boolean remembered = Retention.covers(event.eventId(), facts.ledger().run());
    if (known == null && remembered) {
      findings.add(event.eventId(), "is lost: B knows nothing of it");
    } else if (known != null && !known.applied()) {
      findings.add(event.eventId(), "is lost: B did not apply it, and there is no dead letter");
    } else if (event.payload() != null && !facts.notified().containsKey(event.eventId())) {
      findings.add(event.eventId(), "has lost its effect: nobody was notified of it");
    }
  }

  /** How many there are. */
  private long acknowledged() {
    Set<Change> committed = new HashSet<>();
    facts
        .committed()
        .values()
        .forEach(event -> committed.add(new Change(event.aggregateId(), event.version())));
    long changes = 0;
    for (Request request : facts.ledger().requests()) {
      String order = request.orderId();
      if (order != null && changes(request)) {
        changes++;
        if (!committed.contains(new Change(order, request.version()))) {
          findings.add(
              "order %s, version %s: acknowledged at %s with %s, and never committed (%s, key %s)"
                  .formatted(
                      order,
                      request.version(),
                      facts.at(request.at() + request.tookMillis()),
                      request.status(),
                      request.call(),
                      request.key()));
        }
      }
    }
    return changes;
  }

  /** Whether it is answered with an event that it made. */
  static boolean changes(Request request) {
    return request.status() / 100 == 2
        && request.version() > 0
        && (request.call().startsWith("POST") || request.call().startsWith("DELETE"));
  }

  /** What makes an event of A, whatever its id. */
  private record Change(String aggregateId, long version) {}
}
