package dev.waybill.proof.demo;

import dev.waybill.proof.StackFolder;
import dev.waybill.stack.LocalStack;
import dev.waybill.stack.StackLayout;
import dev.waybill.stack.cli.Folder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the demo on a stack of its own. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the whole path at work on a stack of its own, and proves it.",
      "",
      "Sends orders to A; kills the relay and B with SIGKILL and starts them again; repeats requests;"
          + " copies events in the topic and adds poison. At the end the verdict is computed from"
          + " PostgreSQL, the topics and B's stores. Exit status 0 only if it holds."
    })
public final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--rate",
      defaultValue = "150",
      description = "Requests per second (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--count",
      defaultValue = "4000",
      description =
          "How many requests at least: it goes on until it has killed all that it wants to (default:"
              + " ${DEFAULT-VALUE}).")
  private int count;

  @Option(names = "--seed", description = "Decides what is ordered (default: another each time).")
  private @Nullable Long seed;

  @Option(
      names = "--dir",
      converter = Folder.class,
      defaultValue = ".waybill/demo",
      description = "Folder of data and logs, emptied first (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of(".waybill/demo");

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Display display = new Display(out, Boolean.getBoolean("waybill.terminal"));
    long chosen = seed == null ? System.nanoTime() & 0xffffff : seed;
    StackFolder.empty(folder);
    display.say("starting real servers and the three services; logs in " + folder + "/logs");
    try (LocalStack stack =
        LocalStack.start(StackLayout.onFreePorts(folder.toAbsolutePath()), display::say)) {
      Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop the demo"));
      display.say("traffic begins: " + count + " requests, --seed " + chosen);
      try (Demo demo = new Demo(stack, display, rate, count, chosen)) {
        Verdict verdict = Verdict.of(demo.run());
        display.end();
        verdict.print(out);
        return verdict.holds() ? 0 : 1;
      }
    }
  }
}
