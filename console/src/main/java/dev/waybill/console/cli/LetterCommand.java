package dev.waybill.console.cli;

import dev.waybill.console.engine.Engine;
import dev.waybill.deduplication.LetterPlace;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** Prints what there is of one letter, which is named by its place. */
abstract class LetterCommand<T> extends EngineCommand {
  @Parameters(paramLabel = "PLACE", description = "topic-partition@offset, as list tells it.")
  private String place = "";

  LetterCommand() {
    super(System.getenv());
  }

  abstract Optional<T> find(Engine engine, LetterPlace at);

  abstract void show(T found);

  @Override
  final int run(Engine engine) {
    Optional<T> found = find(engine, place(place));
    found.ifPresentOrElse(this::show, () -> say("there is no letter at " + place));
    return found.isPresent() ? 0 : 1;
  }

  /**
   * The place that a text says.
   *
   * @throws IllegalArgumentException when it says none
   */
  static LetterPlace place(String text) {
    return LetterPlace.parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + text + "' is no place such as orders.events.dead-letters-0@17"));
  }
}
