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
      List<Version> since = released.subList(released.indexOf(older) + 1, released.size());
      problems.addAll(problems(level, older, since, candidate, file));
    }
    return Problem.merged(problems);
  }

  /**
   * What speaks against the candidate together with one version.
   *
   * @param level whose directions count
   * @param since the versions between the two, oldest first
   * @param file what the candidate is called in problems
   */
  public static List<Problem> problems(
      Level level, Version older, List<Version> since, Schema candidate, String file) {
    Pairing pairing = new Pairing(level, older, candidate, file);
    List<Problem> problems = new ArrayList<>(Habits.problems(pairing));
    List<Problem> ambiguous = Ambiguity.problems(pairing);
    List<Reading> readings =
        ambiguous.isEmpty() ? readings(pairing) : List.of(); // else Avro cannot
    readings.forEach(one -> problems.addAll(one.misread()));
    problems.addAll(Renamings.problems(pairing, since));
    problems.addAll(ambiguous);
    readings.forEach(one -> problems.addAll(one.unreadable()));
    return Problem.merged(problems);
  }

  private static List<Reading> readings(Pairing pairing) {
    List<Reading> readings = new ArrayList<>();
    if (pairing.level().readsOlder()) {
      readings.add(Reading.backward(pairing));
    }
    if (pairing.level().isReadByOlder()) {
      readings.add(Reading.forward(pairing));
    }
    return readings;
  }
}
