package dev.waybill.console.cli;

import dev.waybill.console.engine.Engine;
import dev.waybill.console.letters.KnownLetter;
import dev.waybill.console.letters.Letters;
import dev.waybill.console.letters.Plan;
import dev.waybill.console.letters.Preview;
import dev.waybill.console.text.Count;
import dev.waybill.deduplication.LetterAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is done about letters: their set is frozen first, and written down with who does what. */
abstract class ActCommand extends PlanCommand {
  @Parameters(
      paramLabel = "PLACE",
      arity = "0..*",
      description = "Letters, by their places. Else those that the options find.")
  private List<String> places = List.of();

  @Mixin private FilterOptions filter;

  @Option(names = "--all", description = "All that can be, without any other option.")
  private boolean all;

  @Option(
      names = "--rate",
      defaultValue = "100",
      description = "At most so many letters a second. Default: 100.")
  private int rate;

  private final LetterAction.Kind action;

  private ActCommand(LetterAction.Kind action) {
    this.action = action;
  }

  /** Sends letters again. */
  @Command(
      name = "replay",
      description = "Sends dead letters again, as they were; each event takes effect once.")
  static final class Replay extends ActCommand {
    Replay() {
      super(LetterAction.Kind.REPLAY);
    }
  }

  /** Puts letters aside. */
  @Command(name = "discard", description = "Puts dead letters aside, with a reason (--why).")
  static final class Discard extends ActCommand {
    Discard() {
      super(LetterAction.Kind.DISCARD);
    }
  }

  /** Takes letters back. */
  @Command(name = "restore", description = "Opens discarded letters again.")
  static final class Restore extends ActCommand {
    Restore() {
      super(LetterAction.Kind.RESTORE);
    }
  }

  @Override
  int run(Engine engine) throws InterruptedException {
    if (places.isEmpty() == (filter.isEmpty() && !all)) {
      return refuse("which letters? Either their places, or options that find them, or --all");
    }
    List<KnownLetter> set = set(engine.letters());
    if (set.isEmpty()) {
      say("no such letters");
      return 1;
    }
    if (isDryRun()) {
      show(Preview.of(action, set));
      return 0;
    }
    return carryOut(engine, Plan.of(action, by(), why(), set, rate));
  }

  private List<KnownLetter> set(Letters letters) {
    if (places.isEmpty()) {
      return letters.of(action, filter.query());
    }
    List<KnownLetter> found = new ArrayList<>();
    for (String one : places) {
      Optional<Letters.Whole> letter = letters.find(LetterCommand.place(one));
      letter.ifPresent(whole -> found.add(whole.letter()));
    }
    return found;
  }

  private void show(Preview preview) {
    if (isJson()) {
      print(preview);
    } else {
      say("would %s %s".formatted(preview.action(), Count.of(preview.letters(), "letter")));
      preview
          .leftOut()
          .forEach((reason, count) -> say("  leaves out %s: %s".formatted(count, reason)));
      preview.places().forEach(place -> say("  " + place));
    }
  }
}
