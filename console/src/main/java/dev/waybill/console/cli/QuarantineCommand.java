package dev.waybill.console.cli;

import dev.waybill.console.engine.Engine;
import dev.waybill.console.systems.EventIds;
import dev.waybill.console.systems.Relays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./waybill quarantine}. */
@Command(
    name = "quarantine",
    description =
        "Lets one event pass that the relay cannot publish: it becomes a dead letter, and what"
            + " waits behind it flows. Needs CONSOLE_RELAY_TOKEN.")
public final class QuarantineCommand extends EngineCommand {
  @Parameters(paramLabel = "EVENT-ID", description = "The event's id, as trace tells it.")
  private String event = "";

  @Option(names = "--why", required = true, description = "The reason, for whoever reads it later.")
  private String why = "";

  @Option(
      names = "--by",
      description = "Who does it. Default: the system's user.",
      defaultValue = "${sys:user.name}")
  private String by = "";

  /** With the environment of this process. */
  public QuarantineCommand() {
    super(System.getenv());
  }

  @Override
  int run(Engine engine) {
    Optional<UUID> id = EventIds.parse(event);
    if (id.isEmpty()) {
      return refuse("'" + event + "' is no event's id");
    }
    Relays.Passed passed = engine.quarantine().letPass(id.get(), why, by);
    if (isJson()) {
      print(Map.of("eventId", event, "done", passed.done(), "words", passed.words()));
    } else {
      say("event " + event + ": " + passed.words());
    }
    return passed.done() ? 0 : 1;
  }
}
