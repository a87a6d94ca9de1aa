package dev.waybill.proof.checker;

import java.util.List;

/**
 * What was found of one invariant.
 *
 * @param examined how many events, records, requests or faults were looked at
 * @param remark why it was not examined, or what else there is to say; may be empty
 * @param violations all of them
 * @param findings the first {@value #KEPT} of them
 */
public record Judged(
    Invariant invariant,
    Outcome outcome,
    long examined,
    String remark,
    long violations,
    List<Finding> findings) {
  static final int KEPT = 20;

  public Judged {
    findings = List.copyOf(findings);
  }

  static Judged notExamined(Invariant invariant, String reason) {
    return new Judged(invariant, Outcome.NOT_EXAMINED, 0, reason, 0, List.of());
  }

  public enum Outcome {
    /** There was evidence, and none of it is against the invariant. */
    HELD,
    BROKEN,
    /** The ledger has no evidence, neither for nor against. */
    NOT_EXAMINED
  }
}
