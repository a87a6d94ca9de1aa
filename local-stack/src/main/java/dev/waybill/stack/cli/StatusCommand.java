package dev.waybill.stack.cli;

import dev.waybill.stack.Readiness;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says whether the stack is up and what each service answers. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows whether everything is up and ready; exit status 1 when it is not.")
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private FolderOption where;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    RunningStack files = where.found(spec.commandLine());
    if (files.supervisor().isEmpty()) {
      out.println("Nothing is up; ./waybill up" + where.typed() + " starts it.");
      return 1;
    }
    if (files.summary().isEmpty()) {
      out.println("It is starting; " + files.log() + " says how far it is.");
      return 1;
    }
    boolean allReady = true;
    for (String service : Files.readAllLines(files.services())) {
      String url = service.substring(service.indexOf(' ') + 1);
      String reason = Readiness.of(url);
      allReady &= reason.isEmpty();
      out.printf("%-50s %s%n", service, reason.isEmpty() ? "ready" : "NOT READY: " + reason);
    }
    return allReady ? 0 : 1;
  }
}
