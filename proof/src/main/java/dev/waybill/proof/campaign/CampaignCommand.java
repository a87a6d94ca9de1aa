package dev.waybill.proof.campaign;

import dev.waybill.proof.checker.Checker;
import dev.waybill.proof.checker.Judgement;
import dev.waybill.proof.checker.JudgementText;
import dev.waybill.proof.faults.FaultKind;
import dev.waybill.proof.ledger.Ledger;
import dev.waybill.proof.ledger.LedgerReader;
import dev.waybill.proof.mutants.Mutant;
import dev.waybill.proof.report.Report;
import dev.waybill.stack.cli.Folder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Attacks Waybill, and judges what came of it. */
@Command(
    name = "campaign",
    mixinStandardHelpOptions = true,
    description = {
      "Attacks the whole path on a world of its own (A, two relays, two instances of B, each behind its"
          + " own network) with faults that a seed draws, writes down everything that is seen from"
          + " outside, and judges that. Exit status 0 only if nothing was found; Ctrl-C ends it early,"
          + " with a verdict over what ran.",
    },
    footerHeading = "%nFaults:%n",
    footer = {
      "  F1   A, a relay, or B is killed with SIGKILL",
      "  F2   a relay or B stands still for longer than its session, and goes on: a zombie",
      "  F3   the network between a member and a server is cut, still, slow, or loses answers;"
          + " or some connections are still",
      "  F4   the broker is killed, or shut down in order",
      "  F5   PostgreSQL restarts, is killed, ends sessions, has a transaction that stays open or prepared,"
          + " deadlocks of somebody else's, or loses its primary to a promoted standby",
      "  F6   B is killed, and its state deleted, half deleted, truncated, or some bits of it flipped",
      "  F7   clocks of A, relays or B jump a year ahead or behind, or some minutes back, and come right",
      "  F8   copies of events, and contradictions to them",
      "  F9   poison in the topic",
      "  F10  the registry is away, slow, fails, or denies",
      "  F11  an operator restarts services in turn, changes the number of lanes, prunes the outbox, or"
          + " deploys a B with a bug and replays its dead letters",
      "  F12  at the end, the topic is compacted, and a B built from what is left"
    })
public final class CampaignCommand implements Callable<Integer> {
  static final double RATE = 100;

  /** Three brokers write everything three times, on one machine. */
  private static final double RATE_OF_THREE = 30;

  /** What a world needs at most to come to rest and to be read. */
  private static final Duration END_LIMIT = Duration.ofMinutes(10);

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--minutes",
      defaultValue = "10",
      description = "For how long it is attacked (default: ${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--seed",
      description = "Decides the faults and the orders (default: another each time).")
  private @Nullable Long seed;

  @Option(
      names = "--faults",
      split = ",",
      paramLabel = "NAME",
      description = "Those that are drawn (default: all).")
  private List<String> faults = Arrays.stream(FaultKind.values()).map(FaultKind::name).toList();

  @Option(
      names = "--rate",
      description =
          "Changes per second (default: " + RATE + "; of three brokers " + RATE_OF_THREE + ").")
  private @Nullable Double rate;

  @Option(
      names = "--brokers",
      defaultValue = "1",
      description = "1 or 3 (default: ${DEFAULT-VALUE}).")
  private int brokers;

  @Option(
      names = "--mutant",
      paramLabel = "NAME",
      description = {
        "Services, or a kit, with a fault built in that has to be found: the exit status is 1 then. One of"
            + " ${COMPLETION-CANDIDATES}."
      },
      completionCandidates = MutantNames.class,
      converter = MutantNames.class)
  private @Nullable Mutant mutant;

  @Option(
      names = "--dir",
      converter = Folder.class,
      defaultValue = ".waybill/campaign",
      description = "Folder of data, logs and ledger, emptied first (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of(".waybill/campaign");

  @Option(
      names = "--report",
      converter = Folder.class,
      paramLabel = "DIR",
      description = "Where report.html and report.json are written (default: in that folder).")
  private @Nullable Path report;

  @Override
  public Integer call() throws Exception {
    List<FaultKind> kinds = checked();
    PrintWriter out = spec.commandLine().getOut();
    CampaignRun run =
        new CampaignRun(
            folder,
            Duration.ofMillis(Math.round(minutes * 60_000)),
            seed == null ? System.nanoTime() & 0xffffff : seed,
            kinds,
            rate(),
            brokers,
            mutant);
    EarlyEnd earlyEnd = new EarlyEnd();
    run.execute(new Display(out, Boolean.getBoolean("waybill.terminal")), earlyEnd::of);
    int status = judge(run.ledger(), out);
    earlyEnd.over(status);
    return status;
  }

  private List<FaultKind> checked() {
    if (!(minutes > 0 && minutes <= 100_000)) {
      throw new ParameterException(spec.commandLine(), "--minutes must be above 0, up to 100000");
    }
    if (!(rate() >= 1 && rate() <= 10_000)) {
      throw new ParameterException(spec.commandLine(), "--rate must be from 1 to 10000");
    }
    if (brokers != 1 && brokers != 3) {
      throw new ParameterException(spec.commandLine(), "--brokers must be 1 or 3");
    }
    try {
      return FaultKind.of(faults);
    } catch (IllegalArgumentException unknown) {
      throw new ParameterException(spec.commandLine(), "--faults: " + unknown.getMessage());
    }
  }

  private double rate() {
    return rate != null ? rate : brokers == 1 ? RATE : RATE_OF_THREE;
  }

  private int judge(Path ledger, PrintWriter out) throws Exception {
    Ledger written = LedgerReader.read(ledger);
    Judgement judgement = Checker.judge(written);
    JudgementText.print(judgement, out);
    Path reports = report == null ? folder : report;
    Report.write(written, judgement, reports);
    out.println("\nThe report is in " + reports.resolve("report.html") + "; judge again with:");
    out.println("  ./waybill check " + folder.resolve("ledger"));
    out.println("Run exactly this again with:");
    out.println("  " + written.run().command());
    out.flush();
    return judgement.clean() ? 0 : 1;
  }

  /** Ctrl-C: no more faults, then the verdict, and its status as that of the process. */
  private static final class EarlyEnd {
    private final CountDownLatch judged = new CountDownLatch(1);
    private final AtomicInteger status = new AtomicInteger(1);

    void of(Campaign campaign) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    campaign.stop();
                    awaitVerdict();
                    Runtime.getRuntime().halt(status.get());
                  },
                  "ends the campaign"));
    }

    private void awaitVerdict() {
      try {
        boolean unused = judged.await(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    void over(int exitStatus) {
      status.set(exitStatus);
      judged.countDown();
    }
  }
}
