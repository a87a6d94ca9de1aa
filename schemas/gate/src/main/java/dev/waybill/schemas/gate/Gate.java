package dev.waybill.schemas.gate;

import dev.waybill.schemas.compatibility.Compatibility;
import dev.waybill.schemas.compatibility.InvalidSchemaException;
import dev.waybill.schemas.compatibility.Problem;
import dev.waybill.schemas.compatibility.Rule;
import dev.waybill.schemas.compatibility.Version;
import dev.waybill.schemas.difference.Change;
import dev.waybill.schemas.difference.Difference;
import dev.waybill.schemas.folder.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Looks at a subject's folder as it is; asks nobody else. */
public final class Gate {
  private Gate() {}

  /**
   * Whether every released version is as it was released, and the working schema a valid one that
   * keeps what the subject's level promises.
   */
  public static Verdict verdict(Subject subject) throws IOException {
    List<Problem> problems = new ArrayList<>();
    subject.damages().forEach((file, damage) -> problems.add(damaged(file, damage)));
    List<Version> released = List.of();
    State state = State.INVALID;
    try {
      released = subject.released();
      Schema working = subject.working();
      state = state(released, working);
      problems.addAll(Compatibility.problems(subject.level(), released, working, Subject.WORKING));
    } catch (InvalidSchemaException invalid) {
      problems.addAll(invalid.problems());
    }
    List<Integer> numbers = released.stream().map(Version::number).toList();
    return new Verdict(subject.name(), subject.level(), numbers, state, problems);
  }

  /** Of each subject, in the same order, as {@link #verdict}. */
  public static List<Verdict> verdicts(List<Subject> subjects) throws IOException {
    List<Verdict> verdicts = new ArrayList<>();
    for (Subject subject : subjects) {
      verdicts.add(verdict(subject));
    }
    return verdicts;
  }

  private static Problem damaged(String file, String damage) {
    return new Problem(
        Rule.RELEASE_CHANGED,
        "",
        file + " " + damage,
        "restore it from version control: events and readers of it exist; change schema.avsc",
        "",
        file,
        List.of(),
        List.of());
  }

  private static State state(List<Version> released, Schema working) {
    if (released.isEmpty()) {
      return State.NEW;
    }
    Schema last = released.get(released.size() - 1).schema();
    if (last.toString().equals(working.toString())) {
      return State.RELEASED;
    }
    List<Change> changes = Difference.between(last, working);
    boolean documentation =
        !changes.isEmpty()
            && changes.stream().allMatch(one -> one.kind() == Change.Kind.DOCUMENTATION);
    return documentation ? State.DOCUMENTATION : State.CHANGED;
  }
}
