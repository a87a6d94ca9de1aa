package dev.waybill.stack.cli;

import dev.waybill.stack.LeftBehind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops what {@code up} left running. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops everything; the data stays in its folder, which may then be deleted.")
final class DownCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private FolderOption where;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    RunningStack files = where.found(spec.commandLine());
    Optional<ProcessHandle> supervisor = files.supervisor();
    supervisor.ifPresent(
        process -> {
          out.println("Stopping: consumer, relay, producer, registry, Kafka, PostgreSQL");
          out.flush();
          process.destroy();
          process.onExit().join();
        });
    int left = LeftBehind.stop(files.folder());
    Files.deleteIfExists(files.ready());
    boolean something = supervisor.isPresent() || left > 0;
    out.println(something ? "Stopped. The data is in " + files.folder() : "Nothing is up.");
    return 0;
  }
}
