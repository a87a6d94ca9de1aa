package dev.waybill.console.cli;

import dev.waybill.console.engine.Engine;
import dev.waybill.console.letters.Edit;
import dev.waybill.deduplication.LetterPlace;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./waybill letters edit}. */
@Command(
    name = "edit",
    description = {
      "Prints, as JSON, what may be edited of a dead letter: key, headers that are text, and, with",
      "CONSOLE_PAYLOADS=full, the value. Edit it, and send it with 'letters repair'."
    })
final class EditCommand extends EngineCommand {
  @Parameters(paramLabel = "PLACE", description = "topic-partition@offset, as list tells it.")
  private String place = "";

  EditCommand() {
    super(System.getenv());
  }

  @Override
  int run(Engine engine) {
    Optional<LetterPlace> where = LetterPlace.parse(place);
    if (where.isEmpty()) {
      return refuse("'" + place + "' is no place such as orders.events.dead-letters-0@17");
    }
    Optional<Edit> edit = engine.repairs().edit(where.get());
    if (edit.isEmpty()) {
      say("there is no letter at " + place);
      return 1;
    }
    print(edit.get());
    return 0;
  }
}
