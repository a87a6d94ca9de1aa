package dev.waybill.console.cli;

import dev.waybill.console.engine.Engine;
import dev.waybill.console.letters.Edit;
import dev.waybill.deduplication.LetterPlace;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code ./waybill letters edit}. */
@Command(
    name = "edit",
    description = {
      "Prints, as JSON, what may be edited of a dead letter: key, headers that are text, and, with",
      "CONSOLE_PAYLOADS=full, the value. Edit it, and send it with 'letters repair'."
    })
final class EditCommand extends LetterCommand<Edit> {
  @Override
  Optional<Edit> find(Engine engine, LetterPlace at) {
    return engine.repairs().edit(at);
  }

  @Override
  void show(Edit edit) {
    print(edit);
  }
}
