package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Committed;
import dev.waybill.proof.ledger.Injected;
import dev.waybill.proof.ledger.Known;
import dev.waybill.proof.ledger.Letter;
import dev.waybill.proof.ledger.Notified;
import dev.waybill.proof.ledger.Published;
import dev.waybill.proof.ledger.Replayed;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that a ledger has of one event, from A to B. Reads the whole ledger, so it is only for events
 * that are shown.
 */
final class LifeLine {
  private final Facts facts;
  private final UUID id;
  private final List<String> steps = new ArrayList<>();

  private LifeLine(Facts facts, UUID id) {
    this.facts = facts;
    this.id = id;
  }

  static List<String> of(Facts facts, UUID id) {
    LifeLine line = new LifeLine(facts, id);
    line.committed();
    line.published();
    line.injected();
    line.notified();
    line.letters();
    line.replays();
    line.known();
    return line.steps;
  }

  private void committed() {
    Committed event = facts.committed().get(id);
    steps.add(
        event == null
            ? "never committed"
            : "committed at %s: seq %s, order %s, version %s%s"
                .formatted(
                    facts.at(event.at()),
                    event.seq(),
                    event.aggregateId(),
                    event.version(),
                    event.payload() == null ? ", a tombstone" : ""));
  }

  private void published() {
    List<Published> records =
        facts.relayed().stream().filter(record -> isIts(record.eventId())).toList();
    records.forEach(
        record ->
            steps.add(
                "published, read at %s: %s, version %s"
                    .formatted(
                        facts.at(record.readAt()), Facts.position(record), record.version())));
    if (records.isEmpty()) {
      steps.add("never published");
    }
  }

  private void injected() {
    for (Injected record : facts.ledger().injected()) {
      if (isIts(record.eventId())) {
        steps.add(
            "%s injected at %s: %s"
                .formatted(
                    record.kind(),
                    facts.at(record.at()),
                    new Position(record.partition(), record.offset())));
      }
    }
  }

  private void notified() {
    for (Notified effect : facts.ledger().notified()) {
      if (effect.eventId().equals(id)) {
        steps.add(
            "notified, read at %s: %s"
                .formatted(
                    facts.at(effect.readAt()), new Position(effect.partition(), effect.offset())));
      }
    }
    if (!facts.notified().containsKey(id)) {
      steps.add("never notified");
    }
  }

  private void letters() {
    for (Letter letter : facts.ledger().letters()) {
      if (isIts(letter.eventId())) {
        steps.add(
            "dead letter %s, read at %s: about %s"
                .formatted(
                    letter.reason(),
                    facts.at(letter.readAt()),
                    new Position(letter.fromPartition(), letter.fromOffset())));
      }
    }
  }

  private void replays() {
    for (Replayed replay : facts.ledger().replayed()) {
      if (isIts(replay.eventId())) {
        steps.add("replayed, read at " + facts.at(replay.readAt()));
      }
    }
  }

  private void known() {
    Known word = facts.known().get(id);
    steps.add(
        word == null
            ? "B knows nothing of it"
            : "B says: %s at %s, %s duplicates dropped"
                .formatted(
                    word.applied() ? "applied" : "a dead letter",
                    facts.at(word.at()),
                    word.duplicates()));
  }

  private boolean isIts(@Nullable String header) {
    return header != null && header.equalsIgnoreCase(id.toString());
  }
}
