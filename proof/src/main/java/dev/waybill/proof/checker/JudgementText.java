package dev.waybill.proof.checker;

import dev.waybill.proof.checker.Judged.Outcome;
import java.io.PrintWriter;
import java.util.List;

/** A judgement for people. */
public final class JudgementText {
  private JudgementText() {}

  public static void print(Judgement judgement, PrintWriter out) {
    out.println("\nThe verdict, from the ledger and nothing else:\n");
    judgement.judged().forEach(one -> out.println(line(one)));
    judgement.judged().stream()
        .filter(one -> one.outcome() == Outcome.BROKEN)
        .forEach(one -> broken(one, out));
    printRecoveries(judgement.recoveries(), out);
    out.println("\n" + sum(judgement));
    out.flush();
  }

  static void printRecoveries(List<Recovery> recoveries, PrintWriter out) {
    if (!recoveries.isEmpty()) {
      out.println("\nRecovery, from a fault's end until what was committed before was applied:\n");
      RecoveryTimes.of(recoveries).forEach(times -> out.println(line(times)));
    }
  }

  /** The judgement in one sentence. */
  public static String sum(Judgement judgement) {
    long broken =
        judgement.judged().stream().filter(one -> one.outcome() == Outcome.BROKEN).count();
    String found =
        broken == 0 ? "Nothing was found" : "IT DOES NOT HOLD: invariants broken: " + broken;
    return judgement
        .worldFailed()
        .map(why -> "THE WORLD FAILED: " + why + ". " + found + " in what there is.")
        .orElse(found + ".");
  }

  /** The outcome, and of how much. */
  public static String outcome(Judged judged) {
    return switch (judged.outcome()) {
      case HELD -> "held, " + judged.examined() + " examined";
      case BROKEN -> "BROKEN, " + judged.violations() + " times in " + judged.examined();
      case NOT_EXAMINED -> "not examined";
    };
  }

  private static String line(Judged judged) {
    String mark =
        switch (judged.outcome()) {
          case HELD -> " ";
          case BROKEN -> "✗";
          case NOT_EXAMINED -> "–";
        };
    return "  %s %-4s%-14s %-32s %s"
        .formatted(
            mark,
            judged.invariant().number(),
            judged.invariant().title(),
            outcome(judged),
            judged.remark())
        .stripTrailing();
  }

  private static void broken(Judged judged, PrintWriter out) {
    Invariant invariant = judged.invariant();
    out.println("\n✗ %s: %s".formatted(invariant.number(), invariant.sentence()));
    judged.findings().stream()
        .limit(1)
        .forEach(
            first -> {
              out.println("    " + first.offender());
              first.lifeLine().forEach(step -> out.println("      " + step));
            });
    if (judged.violations() > 1) {
      out.println("    and " + (judged.violations() - 1) + " more");
    }
  }

  private static String line(RecoveryTimes times) {
    String followed =
        times.followed() == 0
            ? ""
            : "  (and %s that another fault followed before it was over)"
                .formatted(times.followed());
    return times.measured() == 0
        ? "    %-5s none measured%s".formatted(times.fault(), followed)
        : "    %-5s of %s: p50 %s, worst %s%s"
            .formatted(
                times.fault(),
                times.measured(),
                Seconds.of(times.p50Millis()),
                Seconds.of(times.worstMillis()),
                followed);
  }
}
