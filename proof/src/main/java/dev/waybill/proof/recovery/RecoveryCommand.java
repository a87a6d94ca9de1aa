package dev.waybill.proof.recovery;

import dev.waybill.proof.StackFolder;
import dev.waybill.stack.LocalStack;
import dev.waybill.stack.StackLayout;
import dev.waybill.stack.cli.Folder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how long events wait when an instance is killed. */
@Command(
    name = "recovery",
    mixinStandardHelpOptions = true,
    description = {
      "Kills the relay or B again and again under traffic, on a stack of its own, and says how long"
          + " events waited: from A's transaction to a read_committed reader of what the service"
          + " writes. A lone instance is started again at once, one of two only when the other has"
          + " taken over. At the end every event must have arrived once. Exit status 0 only if so.",
      "",
      "Settings of the services are taken from the environment, for comparing, such as"
          + " KAFKA_CLIENT_ENABLE_TRANSACTIONAL_STATESTORES=false."
    })
public final class RecoveryCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--of",
      required = true,
      description = "What is killed: ${COMPLETION-CANDIDATES}.")
  private Victim victim = Victim.RELAY;

  @Option(
      names = "--instances",
      defaultValue = "1",
      description = "1 or 2 (default: ${DEFAULT-VALUE}).")
  private int instances;

  @Option(
      names = "--kills",
      defaultValue = "10",
      description = "How often (default: ${DEFAULT-VALUE}).")
  private int kills;

  @Option(
      names = "--remembered",
      defaultValue = "0",
      description = "How many events B has applied before (default: ${DEFAULT-VALUE}).")
  private int remembered;

  @Option(
      names = "--rate",
      defaultValue = "50",
      description = "Requests per second (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(names = "--seed", description = "Decides when is killed (default: another each time).")
  private @Nullable Long seed;

  @Option(
      names = "--dir",
      converter = Folder.class,
      defaultValue = ".waybill/recovery",
      description = "Folder of data and logs, emptied first (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of(".waybill/recovery");

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (instances != 1 && instances != 2) {
      throw new picocli.CommandLine.ParameterException(
          spec.commandLine(), "--instances must be 1 or 2");
    }
    long begun = System.nanoTime();
    Consumer<String> progress =
        what -> {
          out.printf(Locale.ROOT, "[%5.1f s] %s%n", (System.nanoTime() - begun) / 1e9, what);
          out.flush();
        };
    long chosen = seed == null ? System.nanoTime() & 0xffffff : seed;
    StackFolder.empty(folder);
    progress.accept("starting real servers and the three services; logs in " + folder + "/logs");
    try (LocalStack stack =
            LocalStack.start(StackLayout.onFreePorts(folder.toAbsolutePath()), progress);
        Recovery recovery = new Recovery(stack, victim, chosen, progress)) {
      Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop the stack"));
      if (remembered > 0) {
        recovery.remember(remembered);
      }
      progress.accept("traffic begins, --seed " + chosen);
      Waits waits =
          recovery.kill(kills, instances, rate, folder.toAbsolutePath().resolve("another"));
      out.printf(
          Locale.ROOT,
          "%s, %s instances, %.0f requests/s, %s events remembered: the longest wait of an event, %s%n",
          victim.name().toLowerCase(Locale.ROOT),
          instances,
          rate,
          remembered,
          waits);
      return 0;
    }
  }
}
