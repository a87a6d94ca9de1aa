package dev.waybill.proof.checker;

import java.util.List;

/**
 * One violation of an invariant.
 *
 * @param offender what is wrong with which event, order or record, in words
 * @param lifeLine what the ledger has of that event, a step in each line; empty when it is about no
 *     event
 */
public record Finding(Invariant invariant, String offender, List<String> lifeLine) {
  public Finding {
    lifeLine = List.copyOf(lifeLine);
  }
}
