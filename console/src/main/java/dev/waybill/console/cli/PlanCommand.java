package dev.waybill.console.cli;

import dev.waybill.console.engine.Engine;
import dev.waybill.console.letters.Plan;
import dev.waybill.console.letters.Progress;
import dev.waybill.console.text.Count;
import picocli.CommandLine.Option;

/** What is planned, written down with who does it and why, and then carried out. */
abstract class PlanCommand extends EngineCommand {
  @Option(names = "--why", defaultValue = "", description = "The reason, for the journal.")
  private String why = "";

  @Option(
      names = "--by",
      description = "Who does it. Default: the system's user.",
      defaultValue = "${sys:user.name}")
  private String by = "";

  @Option(names = "--dry-run", description = "Only says what would be done.")
  private boolean dryRun;

  PlanCommand() {
    super(System.getenv());
  }

  final String why() {
    return why;
  }

  final String by() {
    return by;
  }

  final boolean isDryRun() {
    return dryRun;
  }

  /** Carries a plan out, and prints what came of it; returns the exit status. */
  final int carryOut(Engine engine, Plan plan) throws InterruptedException {
    return finish(progress(engine, plan));
  }

  /** An interrupt of the process stops it after the letters that are being done. */
  private Progress progress(Engine engine, Plan plan) throws InterruptedException {
    Thread worker = Thread.currentThread();
    Thread stop =
        new Thread(
            () -> {
              if (engine.operations().stop(plan.operation())) {
                join(worker);
              }
            });
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      return engine
          .operations()
          .run(plan, at -> tell("  %s of %s %s".formatted(at.done(), at.total(), at.words())));
    } finally {
      try {
        boolean unused = Runtime.getRuntime().removeShutdownHook(stop);
      } catch (IllegalStateException stopping) {
        say("stopped");
      }
    }
  }

  private static void join(Thread worker) {
    try {
      worker.join(10_000);
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
    }
  }

  private int finish(Progress last) {
    if (isJson()) {
      print(last);
    } else {
      last.outcomes().forEach((place, outcome) -> say("%s  %s".formatted(place, outcome)));
      say("%s: %s of %s".formatted(last.step(), last.done(), Count.of(last.total(), "letter")));
      last.counts().forEach((outcome, count) -> say("  %s %s".formatted(count, outcome)));
    }
    boolean good =
        last.outcomes().values().stream()
            .allMatch(
                one -> one.equals("applied") || one.equals("duplicate") || one.equals("done"));
    return good && last.done() == last.total() ? 0 : 1;
  }
}
