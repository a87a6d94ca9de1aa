package dev.waybill.console.letters;

import dev.waybill.console.journal.Entry;
import dev.waybill.deduplication.LetterAction;
import dev.waybill.deduplication.LetterPlace;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * What will be done, to which letters: frozen before anything is done.
 *
 * @param operation its id
 * @param by who does it
 * @param reason why; may be empty for a replay
 * @param rate how many letters a second, at most
 */
public record Plan(
    String operation,
    LetterAction.Kind action,
    String by,
    String reason,
    List<LetterPlace> letters,
    int rate) {
  /** The longest reason. */
  public static final int LONGEST_REASON = 1_000;

  /** How many a second, where nobody says otherwise. */
  public static final int RATE = 100;

  public Plan {
    letters = List.copyOf(letters);
    if (reason.length() > LONGEST_REASON) {
      throw new IllegalArgumentException(
          "a reason has no more than " + LONGEST_REASON + " characters");
    }
    if (reason.isBlank() && action == LetterAction.Kind.DISCARD) {
      throw new IllegalArgumentException("a reason is needed for what is discarded");
    }
    if (rate < 1 || rate > 10_000) {
      throw new IllegalArgumentException("the rate must be from 1 to 10000 letters a second");
    }
  }

  /**
   * Of these letters.
   *
   * @throws IllegalArgumentException when a reason is missing, or the rate is none
   */
  public static Plan of(
      LetterAction.Kind action, String by, String reason, List<KnownLetter> letters, int rate) {
    return new Plan(
        UUID.randomUUID().toString(),
        action,
        by,
        reason.strip(),
        letters.stream().flatMap(one -> LetterPlace.parse(one.place()).stream()).toList(),
        rate);
  }

  /** As it is written before it is begun. */
  Entry entry(Instant now) {
    return new Entry(
        operation,
        Entry.PLANNED,
        action.name().toLowerCase(Locale.ROOT),
        by,
        reason,
        now,
        letters.stream().map(LetterPlace::toString).toList(),
        rate,
        0,
        Map.of(),
        null);
  }

  /** As it was written. */
  static Plan of(Entry planned) {
    return new Plan(
        planned.operation(),
        LetterAction.Kind.valueOf(planned.action().toUpperCase(Locale.ROOT)),
        planned.by(),
        planned.reason(),
        planned.places().stream().flatMap(one -> LetterPlace.parse(one).stream()).toList(),
        planned.rate());
  }
}
