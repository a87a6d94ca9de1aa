package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Ledger;
import dev.waybill.proof.ledger.LedgerReader;
import dev.waybill.proof.ledger.UnreadableLedgerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges a ledger that is there already. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Judges ledgers of campaigns again, from their files and nothing else.",
      "",
      "Exit status 0 when nothing was found, 1 when something was or the run did not come to its end,"
          + " 2 when one is no ledger."
    })
public final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "LEDGER",
      arity = "1..*",
      description = "The folder of the ledger's files; of several, a sum of all is said, too.")
  private List<Path> folders = List.of();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Tally tally = new Tally();
    for (Path folder : folders) {
      Ledger ledger;
      try {
        ledger = LedgerReader.read(folder);
      } catch (UnreadableLedgerException none) {
        spec.commandLine().getErr().println("waybill: " + none.getMessage());
        return ExitCode.USAGE;
      }
      Judgement judgement = Checker.judge(ledger);
      tally.add(ledger, judgement);
      if (folders.size() == 1 || !judgement.clean()) {
        JudgementText.print(judgement, out);
        out.println("This run again: " + ledger.run().command());
      } else {
        out.println(
            String.format(
                Locale.ROOT,
                "%s: %,d faults, %,d events; %s",
                folder,
                Tally.faults(ledger),
                ledger.committed().size(),
                JudgementText.sum(judgement)));
      }
      out.flush();
    }
    if (folders.size() > 1) {
      tally.print(out);
    }
    return tally.clean() ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
