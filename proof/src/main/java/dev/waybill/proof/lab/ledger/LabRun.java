package dev.waybill.proof.lab.ledger;

import java.util.List;

/**
 * What was to happen in a run of the lab.
 *
 * @param command that does the same again
 * @param machine in words
 * @param began in milliseconds since 1970
 * @param faults by name
 */
public record LabRun(String command, String machine, long began, int seeds, List<String> faults) {
  public LabRun {
    faults = List.copyOf(faults);
  }
}
