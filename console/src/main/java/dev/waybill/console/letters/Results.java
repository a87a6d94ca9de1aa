package dev.waybill.console.letters;

import dev.waybill.console.systems.AwayException;
import dev.waybill.deduplication.LetterPlace;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What came of each letter of an operation, as far as it is known. Of one thread. */
final class Results {
  private static final String APPLIED = "applied";

  private final Outcomes outcomes;
  private final Map<String, String> each = new TreeMap<>();
  private final Map<String, String> sent = new TreeMap<>();
  private final Set<String> before = new HashSet<>();
  private boolean lookedBefore;

  Results(Outcomes outcomes) {
    this.outcomes = outcomes;
  }

  /** In words, by the place of the letter. */
  Map<String, String> each() {
    return each;
  }

  boolean isApplied(LetterPlace place) {
    return APPLIED.equals(each.get(place.toString()));
  }

  void remember(List<Execution.Done> some) {
    for (Execution.Done one : some) {
      each.put(one.place().toString(), one.outcome());
      if (one.outcome().equals(Execution.SENT)) {
        sent.put(one.place().toString(), one.eventId());
      }
    }
  }

  /** Which events took effect before they were sent again. */
  void lookBefore(Set<String> eventIds) {
    try {
      before.addAll(outcomes.applied(eventIds));
    } catch (AwayException unknown) {
      // Then one that had taken effect is said to be applied, which it is.
    }
  }

  /**
   * The same of the event that is sent only when it did not.
   *
   * @throws AwayException when that cannot be told
   */
  boolean tookEffectBefore(String eventId) {
    if (!lookedBefore) {
      before.addAll(outcomes.applied(Set.of(eventId)));
      lookedBefore = true; // What is sent a second time may have taken effect by the first.
    }
    return before.contains(eventId);
  }

  /** Asks B; what it has read and not applied, it has refused again. */
  boolean isAnyUndecided() {
    if (sent.isEmpty()) {
      return false;
    }
    try {
      boolean decided = outcomes.isDecided();
      Set<String> applied = outcomes.applied(new HashSet<>(sent.values()));
      sent.forEach(
          (place, eventId) -> {
            if (applied.contains(eventId)) {
              each.put(place, before.contains(eventId) ? "duplicate" : APPLIED);
            } else if (decided) {
              each.put(place, "failed again");
            }
          });
      return !decided;
    } catch (AwayException away) {
      return true;
    }
  }
}
