package dev.waybill.console.letters;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.console.journal.Entry;
import dev.waybill.console.journal.Journal;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How far an operation is.
 *
 * @param step as the journal has it
 * @param outcomes by the place of the letter, as far as they are known
 */
public record Progress(
    String operation,
    String action,
    String by,
    String step,
    int total,
    int done,
    Map<String, String> outcomes,
    String words) {

  public Progress {
    outcomes = Map.copyOf(outcomes);
  }

  /** As the journal has an operation that is not, or no longer, of this process. */
  public static Progress of(Journal.Operation operation) {
    Entry plan = operation.plan();
    Entry last = operation.last();
    String came =
        last.outcomes().isEmpty()
            ? Objects.requireNonNullElse(last.words(), "")
            : "What came of them: " + last.outcomes();
    return new Progress(
        plan.operation(),
        plan.action(),
        plan.by(),
        last.step(),
        plan.places().size(),
        last.done(),
        Map.of(),
        came);
  }

  /** As it stood when it failed. */
  Progress failed(String why) {
    return new Progress(operation, action, by, "failed", total, done, outcomes, why);
  }

  /** How many came to what. */
  @JsonProperty
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    outcomes.values().forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
    return counts;
  }

  /** Whether nothing more will be done. */
  @JsonProperty
  public boolean isOver() {
    return !step.equals("planned") && !step.equals("progress");
  }
}
