package dev.waybill.console.letters;

import dev.waybill.deduplication.LetterAction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an action would do, without doing it.
 *
 * @param action in small letters
 * @param letters how many it is about
 * @param would how many of them it would do
 * @param leftOut how many not, by why
 * @param places of the first hundred
 */
public record Preview(
    String action, int letters, int would, Map<String, Integer> leftOut, List<String> places) {
  private static final int SHOWN = 100;

  /** Of this set. */
  public static Preview of(LetterAction.Kind action, List<KnownLetter> set) {
    Map<String, Integer> leftOut = new TreeMap<>();
    int would = 0;
    for (KnownLetter letter : set) {
      String why = action == LetterAction.Kind.REPLAY ? letter.notReplayable() : "";
      if (why.isEmpty()) {
        would++;
      } else {
        leftOut.merge(why, 1, Integer::sum);
      }
    }
    return new Preview(
        action.name().toLowerCase(Locale.ROOT),
        set.size(),
        would,
        leftOut,
        set.stream().limit(SHOWN).map(KnownLetter::place).toList());
  }
}
