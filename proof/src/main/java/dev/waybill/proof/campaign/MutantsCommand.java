package dev.waybill.proof.campaign;

import dev.waybill.proof.checker.Checker;
import dev.waybill.proof.checker.Invariant;
import dev.waybill.proof.checker.Judged;
import dev.waybill.proof.checker.Judged.Outcome;
import dev.waybill.proof.checker.Judgement;
import dev.waybill.proof.faults.FaultKind;
import dev.waybill.proof.ledger.LedgerReader;
import dev.waybill.proof.mutants.Mutant;
import dev.waybill.stack.cli.Folder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether the judge catches each mutant. */
@Command(
    name = "mutants",
    mixinStandardHelpOptions = true,
    description = {
      "Runs campaigns against services, and with kits, that each have one fault built in, until the"
          + " invariant that is about it is broken, with the kinds of faults that bring it to light;"
          + " prints a table. Exit status 0 only if each is caught.",
    })
public final class MutantsCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      completionCandidates = MutantNames.class,
      converter = MutantNames.class,
      description = "Of ${COMPLETION-CANDIDATES} (default: all).")
  private List<Mutant> mutants = Arrays.asList(Mutant.values());

  @Option(
      names = "--minutes",
      defaultValue = "1",
      description = "How long each attempt attacks (default: ${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--attempts",
      defaultValue = "10",
      description =
          "How many there are at most, each of the next seed (default: ${DEFAULT-VALUE}).")
  private int attempts;

  @Option(
      names = "--dir",
      converter = Folder.class,
      defaultValue = ".waybill/mutants",
      description = "Folder of data and logs, emptied first (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of(".waybill/mutants");

  @Override
  public Integer call() throws Exception {
    if (!(minutes > 0 && minutes <= 60) || attempts < 1) {
      throw new ParameterException(
          spec.commandLine(), "--minutes must be above 0, up to 60, --attempts 1 or more");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("| mutant | what is wrong | attacked with | about it | broken | after |");
    out.println("|---|---|---|---|---|---|");
    boolean all = true;
    for (Mutant mutant : mutants) {
      all &= isCaught(mutant, out);
    }
    return all ? 0 : 1;
  }

  private boolean isCaught(Mutant mutant, PrintWriter out) throws Exception {
    for (int attempt = 1; attempt <= attempts; attempt++) {
      Judgement judgement = judge(mutant, attempt);
      Optional<Judged> caught = broken(judgement, mutant.invariant());
      boolean failed = judgement.worldFailed().isPresent();
      if (caught.isPresent() || failed || attempt == attempts) {
        out.println(
            "| `%s` | %s | %s | %s | %s | %s min |"
                .formatted(
                    mutant.text(),
                    mutant.fault(),
                    mutant.shownBy().stream()
                        .map(FaultKind::name)
                        .collect(Collectors.joining(", ")),
                    mutant.invariant().number(),
                    caught.isPresent()
                        ? all(judgement)
                        : judgement
                            .worldFailed()
                            .map("the world failed: "::concat)
                            .orElse("**not caught**"),
                    minutes * attempt));
        out.flush();
        return caught.isPresent();
      }
    }
    return false;
  }

  private Judgement judge(Mutant mutant, int seed) throws Exception {
    CampaignRun run =
        new CampaignRun(
            folder,
            Duration.ofMillis(Math.round(minutes * 60_000)),
            seed,
            mutant.shownBy(),
            CampaignCommand.RATE,
            1,
            mutant);
    Display display = new Display(spec.commandLine().getErr(), false);
    run.execute(display, campaign -> {});
    return Checker.judge(LedgerReader.read(run.ledger()));
  }

  private static Optional<Judged> broken(Judgement judgement, Invariant invariant) {
    return judgement.judged().stream()
        .filter(one -> one.invariant() == invariant && one.outcome() == Outcome.BROKEN)
        .findFirst();
  }

  private static String all(Judgement judgement) {
    return judgement.judged().stream()
        .filter(one -> one.outcome() == Outcome.BROKEN)
        .map(one -> one.invariant().number())
        .collect(Collectors.joining(", "));
  }
}
