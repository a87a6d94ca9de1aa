package dev.waybill.console.engine;

import dev.waybill.console.journal.Entry;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.systems.Relays;
import java.time.Clock;
import java.util.UUID;

/** Lets one event pass that a relay cannot publish, and writes down who did it and why. */
public final class Quarantine {
  private static final int LONGEST_REASON = 1_000;

  private final Relays relays;
  private final Journal journal;
  private final Clock clock;

  Quarantine(Relays relays, Journal journal, Clock clock) {
    this.relays = relays;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * Asks the relay, and writes its answer down.
   *
   * @param reason why, from 1 to 1,000 characters
   * @param by who
   * @throws IllegalArgumentException when there is no reason
   * @throws dev.waybill.console.systems.AwayException when no relay answers, or the journal cannot
   *     be written
   */
  public Relays.Passed letPass(UUID event, String reason, String by) {
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new IllegalArgumentException("a reason of 1 to 1,000 characters is needed");
    }
    String operation = UUID.randomUUID().toString();
    journal.write(
        Entry.of(operation, "quarantine", by, reason, clock.instant(), "asks for event " + event));
    Relays.Passed passed = relays.quarantine(event.toString(), reason, by);
    journal.write(
        Entry.of(
            operation,
            "quarantine",
            by,
            reason,
            clock.instant(),
            (passed.done() ? "event " : "refused for event ") + event + ": " + passed.words()));
    return passed;
  }
}
