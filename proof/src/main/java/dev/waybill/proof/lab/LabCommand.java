package dev.waybill.proof.lab;

import dev.waybill.proof.lab.judge.Tampered;
import dev.waybill.proof.lab.judge.Verdict;
import dev.waybill.proof.lab.ledger.LabLedger;
import dev.waybill.proof.lab.report.LabReport;
import dev.waybill.stack.cli.Folder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs every pattern under the same faults, and counts. */
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    description = {
      "Runs each way in which A can tell B, Waybill's among them, on real servers and in processes"
          + " that are killed, under the same load, seeds and faults, and counts what each of them"
          + " loses, invents, doubles, and turns around.",
      "",
      "Exit status 0 when nothing was wrong without faults, each fault took effect, each weakness that"
          + " is known showed, and Waybill lost, invented, doubled and turned around nothing."
    },
    footerHeading = "%nPatterns:%n",
    footer = {
      "  direct-after-commit           A commits, then calls B",
      "  direct-after-commit-retrying  the same, and calls again from its memory",
      "  direct-in-transaction         A calls B within its transaction",
      "  external-queue-push           A writes to Kafka within it; a worker calls B",
      "  external-queue-pull           A writes to Kafka within it; B takes from Kafka",
      "  internal-queue-push           A writes a job within it; workers call B",
      "  internal-queue-relay          Waybill",
      "",
      "Faults: b-down, b-answer-lost, b-answer-late, constraint, deadlock,",
      "  serialisation, lock-timeout, a-killed, commit-answer-lost, kafka-away,",
      "  worker-killed, two-at-once"
    })
public final class LabCommand implements Callable<Integer> {
  private static final int MOST_SEEDS = 100;

  /** As a shell has it for SIGINT; the process has that status anyway. */
  private static final int ENDED = 130;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--patterns",
      split = ",",
      paramLabel = "NAME",
      description = "Those that are run (default: all).")
  private List<String> patterns = Arrays.stream(Variant.values()).map(Variant::text).toList();

  @Option(
      names = "--seeds",
      description =
          "How many, from 1: each decides in which order the faults come (default: "
              + LabPlan.SEEDS
              + ").")
  private int seeds = LabPlan.SEEDS;

  @Option(
      names = "--faults",
      split = ",",
      paramLabel = "NAME",
      description = "Those that are injected (default: all).")
  private List<String> faults = LabFault.names();

  @Option(names = "--quick", description = "One seed, and a shorter look without faults.")
  private boolean quick;

  @Option(
      names = "--mutant",
      paramLabel = "NAME",
      description =
          "A ledger that is wrong, which has to be found out: the exit status is 1 then. One of"
              + " forgets-effects, forgets-commits, doubles-effects, turns-around.")
  private @Nullable String mutant;

  @Option(
      names = "--dir",
      converter = Folder.class,
      defaultValue = ".waybill/lab",
      description = "Folder of data, logs and ledger, emptied first (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of(".waybill/lab");

  @Option(
      names = "--report",
      converter = Folder.class,
      paramLabel = "DIR",
      description = "Where report.html, .json and .md are written (default: in that folder).")
  private @Nullable Path report;

  @Override
  public Integer call() throws Exception {
    LabPlan plan = plan();
    List<Tampered> tampered =
        mutant == null
            ? List.of()
            : named("--mutant", List.of(mutant), Tampered.values(), Tampered::text);
    PrintWriter out = spec.commandLine().getOut();
    LabDisplay display = new LabDisplay(out, Boolean.getBoolean("waybill.terminal"));
    AtomicBoolean ended = new AtomicBoolean();
    LabLedger seen;
    try (Lab lab = new Lab(folder, plan, display)) {
      endWithTheProcess(ended, display, lab::close);
      seen = lab.run();
      display.say("stopping everything");
    }
    display.silence();
    if (ended.get()) {
      return ENDED;
    }
    return judge(tampered.isEmpty() ? seen : tampered.get(0).of(seen), out);
  }

  /** Ctrl-C: no table, and nothing is left running. */
  private static void endWithTheProcess(AtomicBoolean ended, LabDisplay display, Runnable close) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  ended.set(true);
                  display.silence();
                  close.run();
                },
                "ends the lab"));
  }

  private LabPlan plan() {
    if (seeds < 1 || seeds > MOST_SEEDS) {
      throw new ParameterException(
          spec.commandLine(), "--seeds must be from 1 to " + MOST_SEEDS + ", not " + seeds);
    }
    if (quick && spec.commandLine().getParseResult().hasMatchedOption("--seeds")) {
      throw new ParameterException(
          spec.commandLine(), "--quick is one seed: give it or --seeds, not both");
    }
    LabPlan plan =
        LabPlan.of(
            named("--patterns", patterns, Variant.values(), Variant::text),
            seeds,
            named("--faults", faults, LabFault.values(), LabFault::text));
    List<String> spared =
        plan.variants().stream()
            .filter(variant -> plan.faults().stream().noneMatch(one -> one.canBeDoneTo(variant)))
            .map(Variant::text)
            .toList();
    if (!spared.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--faults: none of them can be done to " + String.join(", ", spared));
    }
    return quick ? plan.quick() : plan;
  }

  /** In their own order, each once. */
  private <T> List<T> named(String option, List<String> names, T[] all, Function<T, String> text) {
    List<String> known = Arrays.stream(all).map(text).toList();
    List<String> unknown = names.stream().filter(name -> !known.contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "%s: there is no %s; there are %s"
              .formatted(option, String.join(" and no ", unknown), String.join(", ", known)));
    }
    return Arrays.stream(all).filter(one -> names.contains(text.apply(one))).toList();
  }

  private int judge(LabLedger seen, PrintWriter out) throws Exception {
    Path ledger = folder.resolve("ledger");
    seen.write(ledger);
    LabLedger written = LabLedger.read(ledger);
    Verdict verdict = Verdict.of(written);
    Path reports = report == null ? folder : report;
    LabReport.print(written, verdict, out);
    LabReport.write(written, verdict, reports);
    out.println("\nThe report is in " + reports.resolve("report.html"));
    out.println("Run the same again with:\n  " + written.run().command());
    out.flush();
    return verdict.holds() ? 0 : 1;
  }
}
