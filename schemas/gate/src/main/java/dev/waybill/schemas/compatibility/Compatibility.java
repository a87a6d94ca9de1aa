package dev.waybill.schemas.compatibility;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Holds a schema against the versions before it. */
public final class Compatibility {
  private Compatibility() {}

  /**
   * What speaks against the candidate as the next version; empty when it is compatible.
   *
   * @param released oldest first
   * @param file what the candidate is called in problems
   */
  public static List<Problem> problems(
      Level level, List<Version> released, Schema candidate, String file) {
    List<Problem> problems = new ArrayList<>();
    for (Version older : level.compared(released)) {
      Pairing pairing = new Pairing(level, older, candidate, file);
      boolean last = older.number() == released.get(released.size() - 1).number();
      problems.addAll(Habits.problems(pairing, last));
      List<Problem> ambiguous = level.readsOlder() ? pairing.ambiguousAliases() : List.of();
      problems.addAll(ambiguous);
      if (!ambiguous.isEmpty()) {
        continue; // Avro refuses to compare
      }
      if (level.readsOlder()) {
        problems.addAll(Resolution.backward(pairing).problems());
      }
      if (level.isReadByOlder()) {
        problems.addAll(Resolution.forward(pairing).problems());
      }
    }
    return Problem.merged(problems);
  }
}
