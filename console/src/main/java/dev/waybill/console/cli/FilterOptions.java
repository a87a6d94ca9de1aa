package dev.waybill.console.cli;

import dev.waybill.console.letters.LetterQuery;
import picocli.CommandLine.Option;

/** Which letters. */
final class FilterOptions {
  @Option(names = "--reason", defaultValue = "", description = "Of this reason, e.g. UNDECODABLE.")
  private String reason = "";

  @Option(
      names = "--fingerprint",
      defaultValue = "",
      description = "Of this cause, as groups tells it.")
  private String fingerprint = "";

  @Option(names = "--event-id", defaultValue = "", description = "Of this event.")
  private String eventId = "";

  @Option(names = "--key", defaultValue = "", description = "Of this aggregate.")
  private String key = "";

  @Option(
      names = "--state",
      defaultValue = "",
      description = "open, replayed, applied or discarded.")
  private String state = "";

  @Option(
      names = "--source",
      defaultValue = "",
      description = "Of the record there: topic-partition@offset.")
  private String source = "";

  @Option(names = "--from", defaultValue = "", description = "Not older: 2026-11-28T07:00:00Z.")
  private String from = "";

  @Option(names = "--to", defaultValue = "", description = "Older.")
  private String to = "";

  LetterQuery query() {
    return new LetterQuery(reason, fingerprint, eventId, key, state, source, from, to);
  }

  /** Whether nothing was said. */
  boolean isEmpty() {
    return query().equals(LetterQuery.ANY);
  }
}
