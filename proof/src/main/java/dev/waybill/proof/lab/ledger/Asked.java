package dev.waybill.proof.lab.ledger;

import java.util.UUID;

/**
 * A request to A, which is never repeated.
 *
 * @param at when it was sent
 * @param took until the answer, or until it was given up, in microseconds
 * @param status of the answer; 0 when there was none
 * @param answer in A's words
 * @param seed 0 before there were faults
 * @param phase {@link #WARM_UP}, {@link #CONTROL}, or the name of the fault under which it was sent
 */
public record Asked(
    UUID id,
    String account,
    long at,
    long took,
    int status,
    String answer,
    int seed,
    String phase) {

  /** Before there were faults: everything gets warm. */
  public static final String WARM_UP = "warm-up";

  /** Before there were faults: what a pattern costs. */
  public static final String CONTROL = "control";

  /** Whether there had been no fault yet. */
  public boolean beforeFaults() {
    return seed == 0;
  }
}
