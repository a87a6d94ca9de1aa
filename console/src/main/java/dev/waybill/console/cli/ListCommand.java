package dev.waybill.console.cli;

import dev.waybill.console.engine.Engine;
import dev.waybill.console.letters.KnownLetter;
import dev.waybill.console.letters.Letters;
import dev.waybill.console.text.Count;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./waybill letters list}. */
@Command(name = "list", description = "Lists dead letters, the newest first.")
final class ListCommand extends EngineCommand {
  private static final int PAGE = 1_000;

  @Mixin private FilterOptions filter;

  @Option(
      names = "--limit",
      defaultValue = "100",
      description = "At most so many, up to 100000. Default: 100.")
  private int limit;

  ListCommand() {
    super(System.getenv());
  }

  @Override
  int run(Engine engine) {
    if (limit < 1 || limit > 100_000) {
      return refuse("--limit must be from 1 to 100000");
    }
    List<KnownLetter> found = new ArrayList<>();
    String after = "";
    do {
      Letters.Page page =
          engine.letters().list(filter.query(), after, Math.min(PAGE, limit - found.size()));
      found.addAll(page.letters());
      after = page.next();
    } while (!after.isEmpty() && found.size() < limit);
    if (isJson()) {
      print(found);
    } else {
      for (KnownLetter one : found) {
        say(
            "%s  %s  %-9s  %s  event %s"
                .formatted(
                    one.at(),
                    one.place(),
                    one.state(),
                    one.reason(),
                    one.eventId().isEmpty() ? "unknown" : one.eventId()));
      }
      say(found.isEmpty() ? "no such letters" : Count.of(found.size(), "letter"));
    }
    return found.isEmpty() ? 1 : 0;
  }
}
