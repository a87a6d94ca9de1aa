package dev.waybill.proof.ledger;

import java.util.List;

/**
 * What was to happen in a run; the first line of its ledger. Times in ledgers are milliseconds
 * since 1970, by one machine's clock.
 *
 * @param format of the ledger, {@value #FORMAT} now
 * @param command that runs exactly this again
 * @param faults the names of those that could be drawn
 * @param livenessMillis how long after a fault's end the last event committed until then may take
 *     to be applied
 */
public record Run(
    int format,
    long seed,
    String command,
    long began,
    int brokers,
    List<String> faults,
    long livenessMillis) {
  public static final int FORMAT = 2;

  public Run {
    faults = List.copyOf(faults);
  }
}
