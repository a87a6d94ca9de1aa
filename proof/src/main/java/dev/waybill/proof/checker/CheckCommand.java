package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Ledger;
import dev.waybill.proof.ledger.LedgerReader;
import dev.waybill.proof.ledger.UnreadableLedgerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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
      "Judges the ledger of a campaign again, from its files and nothing else.",
      "",
      "Exit status 0 when nothing was found, 1 when something was or the run did not come to its end,"
          + " 2 when it is no ledger."
    })
public final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "LEDGER", description = "The folder of the ledger's files.")
  private Path folder = Path.of("");

  @Override
  public Integer call() throws IOException {
    Ledger ledger;
    try {
      ledger = LedgerReader.read(folder);
    } catch (UnreadableLedgerException none) {
      spec.commandLine().getErr().println("waybill: " + none.getMessage());
      return ExitCode.USAGE;
    }
    Judgement judgement = Checker.judge(ledger);
    PrintWriter out = spec.commandLine().getOut();
    JudgementText.print(judgement, out);
    out.println("This run again: " + ledger.run().command());
    out.flush();
    return judgement.clean() ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
