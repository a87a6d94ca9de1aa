package dev.waybill.console.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.console.engine.Engine;
import dev.waybill.console.letters.Edit;
import dev.waybill.console.letters.Plan;
import dev.waybill.console.letters.Repair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./waybill letters repair}. */
@Command(
    name = "repair",
    description = {
      "Sends a dead letter as it was edited, with a reason (--why); its event takes effect once.",
      "A value that the file leaves out stays as it is."
    })
final class RepairCommand extends PlanCommand {
  @Parameters(
      paramLabel = "FILE",
      description = "What 'letters edit' printed, edited. - for the standard input.")
  private String file = "";

  @Override
  int run(Engine engine) throws InterruptedException {
    Repair repair = engine.repairs().repair(Edit.parse(read()));
    if (isDryRun()) {
      show(repair);
      return 0;
    }
    return carryOut(engine, Plan.of(repair, by(), why()));
  }

  private String read() {
    try {
      return file.equals("-")
          ? new String(System.in.readAllBytes(), UTF_8)
          : Files.readString(Path.of(file));
    } catch (IOException | IllegalArgumentException none) {
      throw new IllegalArgumentException("'%s' cannot be read as text".formatted(file), none);
    }
  }

  private void show(Repair repair) {
    if (isJson()) {
      print(repair.changes());
      return;
    }
    say("would send %s as event %s".formatted(repair.letter().place(), repair.eventId()));
    for (Repair.Change one : repair.changes()) {
      say(
          "  %s: %s -> %s"
              .formatted(
                  one.what(),
                  Objects.requireNonNullElse(one.before(), "none"),
                  Objects.requireNonNullElse(one.after(), "none")));
    }
  }
}
