package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Known;
import dev.waybill.proof.ledger.Letter;
import dev.waybill.proof.ledger.Published;
import dev.waybill.proof.ledger.Run;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * I6. At rest, the records of the topic, injected ones too, and the replays of applied events are
 * as many as the events that B has applied, the duplicates that it has dropped and its dead letters
 * together; those of events apart that B {@linkplain Retention cannot tell of}. When they are not,
 * the first event whose own records do not add up is shown.
 */
final class Conservation {
  private Conservation() {}

  static Judged judge(Facts facts) {
    Findings findings = new Findings(Invariant.CONSERVATION, facts);
    Run run = facts.ledger().run();
    long read =
        facts.ledger().published().stream().filter(one -> isCounted(one.eventId(), run)).count();
    List<Known> counted =
        facts.known().values().stream()
            .filter(known -> Retention.covers(known.eventId(), run))
            .toList();
    long applied = counted.stream().filter(Known::applied).count();
    long duplicates = counted.stream().mapToLong(Known::duplicates).sum();
    long letters =
        facts.ledger().letters().stream().filter(one -> isCounted(one.eventId(), run)).count();
    long told = applied + duplicates + letters;
    long replayed =
        facts.replays().entrySet().stream()
            .filter(event -> isApplied(facts, event.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    if (read + told == 0) {
      return Judged.notExamined(Invariant.CONSERVATION, "nothing was published");
    }
    if (read + replayed != told) {
      unbalanced(facts)
          .ifPresentOrElse(
              id -> findings.add(id, "does not add up, nor does the whole"),
              () -> findings.add("records without an event's id do not add up"));
    }
    return findings.judged(
        read,
        "%s records read + %s replayed, %s applied + %s duplicates + %s dead letters"
            .formatted(read, replayed, applied, duplicates, letters));
  }

  /** Of another one, a replay is dropped. */
  private static boolean isApplied(Facts facts, UUID event) {
    Known known = facts.known().get(event);
    return known != null && known.applied();
  }

  private static boolean isCounted(@Nullable String eventId, Run run) {
    return Facts.eventId(eventId).map(id -> Retention.covers(id, run)).orElse(true);
  }

  private static Optional<UUID> unbalanced(Facts facts) {
    Set<Position> letters = new HashSet<>();
    for (Letter letter : facts.ledger().letters()) {
      letters.add(new Position(letter.fromPartition(), letter.fromOffset()));
    }
    Map<UUID, Long> left = new HashMap<>();
    for (Published record : facts.ledger().published()) {
      if (!letters.contains(Facts.position(record))) {
        Facts.eventId(record.eventId()).ifPresent(id -> left.merge(id, 1L, Long::sum));
      }
    }
    facts.replays().entrySet().stream()
        .filter(event -> isApplied(facts, event.getKey()))
        .forEach(event -> left.merge(event.getKey(), event.getValue(), Long::sum));
    for (Known known : facts.known().values()) {
      left.merge(known.eventId(), -known.duplicates() - (known.applied() ? 1 : 0), Long::sum);
    }
    return left.entrySet().stream()
        .filter(event -> event.getValue() != 0)
        .filter(event -> Retention.covers(event.getKey(), facts.ledger().run()))
        .map(Map.Entry::getKey)
        .min(UUID::compareTo);
  }
}
