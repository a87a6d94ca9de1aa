package dev.waybill.console.cli;

import dev.waybill.console.engine.Engine;
import dev.waybill.console.journal.Csv;
import dev.waybill.console.journal.Entry;
import dev.waybill.console.text.Count;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./waybill journal}. */
@Command(
    name = "journal",
    description = "Shows what people did: who, when, to which letters, and what came of it.")
public final class JournalCommand extends EngineCommand {
  @Option(
      names = "--limit",
      defaultValue = "100",
      description = "At most so many entries, up to 5000. Default: 100.")
  private int limit;

  @Option(names = "--csv", description = "As a table for spreadsheets.")
  private boolean csv;

  /** With the environment of this process. */
  public JournalCommand() {
    super(System.getenv());
  }

  @Override
  int run(Engine engine) {
    if (limit < 1 || limit > 5_000) {
      return refuse("--limit must be from 1 to 5000");
    }
    List<Entry> entries = engine.journal().last(limit);
    if (isJson()) {
      print(entries);
    } else if (csv) {
      Csv.of(entries).lines().forEach(this::say);
    } else {
      for (Entry one : entries) {
        say(
            "%s  %s  %s %s  by %s%s%s%s"
                .formatted(
                    one.at(),
                    one.operation(),
                    one.action(),
                    one.step(),
                    one.by(),
                    one.reason().isEmpty() ? "" : ": " + one.reason(),
                    one.outcomes().isEmpty() ? "" : "  " + one.outcomes(),
                    one.words() == null ? "" : "  " + one.words()));
      }
      say(
          entries.isEmpty()
              ? "nothing was done yet"
              : Count.of(entries.size(), "entry", "entries"));
    }
    return entries.isEmpty() ? 1 : 0;
  }
}
