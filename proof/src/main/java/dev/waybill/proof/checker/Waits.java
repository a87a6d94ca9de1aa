package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Committed;
import dev.waybill.proof.ledger.Notified;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** From when to when each event waited that B was to notify of, by their ends. */
final class Waits {
  private final List<Wait> waits;

  /** The earliest beginning of the waits from each on. */
  private final long[] earliestFrom;

  private Waits(List<Wait> waits) {
    this.waits = waits;
    earliestFrom = new long[waits.size() + 1];
    earliestFrom[waits.size()] = Long.MAX_VALUE;
    for (int i = waits.size() - 1; i >= 0; i--) {
      earliestFrom[i] = Math.min(earliestFrom[i + 1], waits.get(i).from());
    }
  }

  /**
   * Events that were never notified of are left out: they are lost, not late; and what waited for a
   * person.
   */
  static Waits of(Facts facts) {
    List<Wait> waits = new ArrayList<>();
    CommitTimes times = CommitTimes.of(facts.ledger());
    for (Committed event : facts.committed().values()) {
      Notified effect = facts.notified().get(event.eventId());
      if (event.payload() != null && effect != null && !facts.isCured(event.eventId())) {
        waits.add(new Wait(event.eventId(), times.of(event, effect.readAt()), effect.readAt()));
      }
    }
    waits.sort(Comparator.comparingLong(Wait::until).thenComparing(Wait::event));
    return new Waits(waits);
  }

  boolean isEmpty() {
    return waits.isEmpty();
  }

  /** The last to end after {@code moment} and before {@code limit} of those begun at the moment. */
  Optional<Wait> lastAcross(long moment, long limit) {
    for (int i = firstEnding(limit) - 1; i >= 0 && waits.get(i).until() > moment; i--) {
      if (waits.get(i).from() <= moment) {
        return Optional.of(waits.get(i));
      }
    }
    return Optional.empty();
  }

  /** Whether one that had begun at {@code moment} ends at {@code limit} or later. */
  boolean anyAcross(long moment, long limit) {
    return earliestFrom[firstEnding(limit)] <= moment;
  }

  /** The first that does not end before {@code limit}. */
  private int firstEnding(long limit) {
    int low = 0;
    int high = waits.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (waits.get(middle).until() < limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * A wait of an event.
   *
   * @param from when it was committed
   * @param until when B's notification was read
   */
  record Wait(UUID event, long from, long until) {}
}
