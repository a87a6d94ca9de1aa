package dev.waybill.console.letters;

import dev.waybill.console.journal.Entry;
import dev.waybill.deduplication.LetterAction;
import dev.waybill.deduplication.LetterPlace;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What will be done, to which letters: frozen before anything is done.
 *
 * @param operation its id
 * @param by who does it
 * @param reason why; may be empty for a replay
 * @param rate how many letters a second, at most
 * @param repair what is sent instead of the only letter; null unless it is edited
 */
public record Plan(
    String operation,
    LetterAction.Kind action,
    String by,
    String reason,
    List<LetterPlace> letters,
    int rate,
    @Nullable Repair repair) {
  /** The longest reason. */
  public static final int LONGEST_REASON = 1_000;

  /** How many a second, where nobody says otherwise. */
  public static final int RATE = 100;

  /** What the journal calls the replay of a letter that was edited. */
  private static final String REPAIR = "repair";

  public Plan {
    letters = List.copyOf(letters);
    if (reason.length() > LONGEST_REASON) {
      throw new IllegalArgumentException(
          "a reason has no more than " + LONGEST_REASON + " characters");
    }
    if (reason.isBlank() && action == LetterAction.Kind.DISCARD) {
      throw new IllegalArgumentException("a reason is needed for what is discarded");
    }
    if (reason.isBlank() && repair != null) {
      throw new IllegalArgumentException("a reason is needed for what is edited");
    }
    if (rate < 1 || rate > 10_000) {
      throw new IllegalArgumentException("the rate must be from 1 to 10000 letters a second");
    }
  }

  /** Of letters as they are. */
  public Plan(
      String operation,
      LetterAction.Kind action,
      String by,
      String reason,
      List<LetterPlace> letters,
      int rate) {
    this(operation, action, by, reason, letters, rate, null);
  }

  /**
   * Of one letter that is edited.
   *
   * @throws IllegalArgumentException when the reason is missing
   */
  public static Plan of(Repair repair, String by, String reason) {
    return new Plan(
        UUID.randomUUID().toString(),
        LetterAction.Kind.REPLAY,
        by,
        reason.strip(),
        List.of(repair.letter().place()),
        RATE,
        repair);
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

  /** What is done, in a word of the journal. */
  String name() {
    return repair == null ? action.name().toLowerCase(Locale.ROOT) : REPAIR;
  }

  /** As it is written before it is begun. */
  Entry entry(Instant now) {
    return new Entry(
        operation,
        Entry.PLANNED,
        name(),
        by,
        reason,
        now,
        letters.stream().map(LetterPlace::toString).toList(),
        rate,
        0,
        Map.of(),
        repair == null ? null : repair.words());
  }

  /** Whether it is of a letter that was edited: what it sends was not written down. */
  static boolean isRepair(Entry planned) {
    return planned.action().equals(REPAIR);
  }

  /** As it was written; no repair. */
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
