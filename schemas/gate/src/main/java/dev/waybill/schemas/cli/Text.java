package dev.waybill.schemas.cli;

import dev.waybill.schemas.compatibility.Problem;
import dev.waybill.schemas.gate.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/** Verdicts and problems for people. */
final class Text {
  private Text() {}

  /** One line on the subject, and a paragraph on each problem. */
  static String of(Verdict verdict) {
    return "%-7s %s, %s: %s"
            .formatted(
                verdict.passes() ? "passes" : "FAILS",
                verdict.subject(),
                verdict.level(),
                state(verdict))
        + problems(verdict.subject(), verdict.problems());
  }

  static String state(Verdict verdict) {
    List<Integer> released = verdict.released();
    int last = released.isEmpty() ? 0 : released.get(released.size() - 1);
    return switch (verdict.state()) {
      case NEW -> "never released";
      case RELEASED -> "version " + last + ", unchanged";
      case DOCUMENTATION -> "only documentation changed since version " + last;
      case CHANGED -> "changed since version " + last + outcome(verdict);
      case INVALID -> "not a valid schema";
    };
  }

  private static String outcome(Verdict verdict) {
    List<Integer> compared = verdict.level().compared(verdict.released());
    if (compared.isEmpty()) {
      return "";
    }
    return (verdict.passes() ? ", compatible with " : ", not compatible with ")
        + versions(compared);
  }

  static String problems(String subject, List<Problem> problems) {
    return problems.stream().map(one -> of(subject, one)).collect(Collectors.joining());
  }

  private static String of(String subject, Problem one) {
    StringBuilder text = new StringBuilder("\n\n  ");
    text.append(one.path().isEmpty() ? "the schema" : "`" + one.path() + "`");
    text.append(' ').append(one.what()).append("\n    instead   ").append(one.remedy());
    if (!one.backward().isEmpty()) {
      text.append("\n    breaks    the new schema on events of ").append(versions(one.backward()));
    }
    if (!one.forward().isEmpty()) {
      text.append("\n    breaks    readers of ").append(versions(one.forward()));
      text.append(" on new events");
    }
    text.append("\n    at        ").append(subject).append('/').append(one.file());
    if (!one.pointer().isEmpty()) {
      text.append(", ").append(one.pointer());
    }
    return text.append("\n    rule      ").append(one.rule()).toString();
  }

  /** As {@code version 2} or {@code versions 1, 2, 5}. */
  static String versions(List<Integer> numbers) {
    return (numbers.size() == 1 ? "version " : "versions ")
        + numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
