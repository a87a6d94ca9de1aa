package dev.waybill.console.letters;

import dev.waybill.deduplication.DeadLetterHeaders;
import java.util.List;

/** How much of keys and values is shown. */
public enum Payloads {
  /** Nothing but their sizes. */
  NONE,
  /** The names of fields, and of their values only what they are. */
  MASKED,
  /** All of it. */
  FULL;

  /** What is no content: the names and numbers of the envelope. */
  private static final List<String> ENVELOPE =
      List.of(DeadLetterHeaders.PREFIX, "ce_", "replay-", "content-type", "traceparent");

  /** Whether the value of a header of this name is shown. */
  boolean showHeader(String name) {
    return this == FULL || ENVELOPE.stream().anyMatch(name::startsWith);
  }
}
