package dev.waybill.proof.checker;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.waybill.proof.ledger.Committed;
import dev.waybill.proof.ledger.Known;
import dev.waybill.proof.ledger.Ledger;
import dev.waybill.proof.ledger.Letter;
import dev.waybill.proof.ledger.Notified;
import dev.waybill.proof.ledger.Published;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ledger, looked up.
 *
 * @param known what B says, by event
 * @param notified the first notification of each event
 * @param injected where the records are that the attack has written
 * @param built the events that a bug made dead letters of which the attack had built in
 * @param replays how often each event was replayed
 * @param relayed the other records of the topic, by partition and offset
 */
record Facts(
    Ledger ledger,
    Map<UUID, Committed> committed,
    Map<UUID, Known> known,
    Map<UUID, Notified> notified,
    Set<Position> injected,
    Set<UUID> built,
    Map<UUID, Long> replays,
    List<Published> relayed) {
  private static final int UUID_LENGTH = 36;

  static Facts of(Ledger ledger) {
    Map<UUID, Committed> committed = new HashMap<>();
    ledger.committed().forEach(event -> committed.put(event.eventId(), event));
    Map<UUID, Known> known = new HashMap<>();
    ledger.known().forEach(event -> known.put(event.eventId(), event));
    Map<UUID, Notified> notified = new HashMap<>();
    ledger.notified().forEach(effect -> notified.putIfAbsent(effect.eventId(), effect));
    Set<Position> injected =
        ledger.injected().stream()
            .map(record -> new Position(record.partition(), record.offset()))
            .collect(toUnmodifiableSet());
    List<Published> relayed =
        ledger.published().stream()
            .filter(record -> !injected.contains(position(record)))
            .sorted(
                Comparator.comparingInt(Published::partition).thenComparingLong(Published::offset))
            .toList();
    Set<UUID> built =
        ledger.letters().stream()
            .filter(Letter::built)
            .flatMap(letter -> eventId(letter.eventId()).stream())
            .collect(toUnmodifiableSet());
    Map<UUID, Long> replays =
        ledger.replayed().stream()
            .flatMap(replay -> eventId(replay.eventId()).stream())
            .collect(groupingBy(id -> id, counting()));
    return new Facts(ledger, committed, known, notified, injected, built, replays, relayed);
  }

  static Position position(Published record) {
    return new Position(record.partition(), record.offset());
  }

  /** An event's id as a header has it; empty when it is none. */
  static Optional<UUID> eventId(@Nullable String header) {
    if (header == null || header.length() != UUID_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(UUID.fromString(header));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /** The committed event that a record says it is. */
  Optional<Committed> event(Published record) {
    return eventId(record.eventId()).map(committed::get);
  }

  /** Whether a dead letter of it, which a bug had made, was replayed. */
  boolean isCured(UUID event) {
    return built.contains(event) && replays.containsKey(event);
  }

  /** A moment, as seconds since the run began. */
  String at(long millis) {
    return Seconds.of(millis - ledger.run().began());
  }
}
