package dev.waybill.schemas.gate;

import dev.waybill.schemas.compatibility.Level;
import dev.waybill.schemas.compatibility.Problem;
import java.util.List;

/**
 * What the gate says of a subject.
 *
 * @param released the versions that there are
 * @param problems empty when the working schema may be built and released
 */
public record Verdict(
    String subject, Level level, List<Integer> released, State state, List<Problem> problems) {
  public Verdict {
    released = List.copyOf(released);
    problems = List.copyOf(problems);
  }

  /** Whether nothing speaks against it. */
  public boolean passes() {
    return problems.isEmpty();
  }
}
