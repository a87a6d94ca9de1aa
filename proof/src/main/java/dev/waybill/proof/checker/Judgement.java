package dev.waybill.proof.checker;

import java.util.List;
import java.util.Optional;

/**
 * What the checker says of a ledger.
 *
 * @param judged one for each invariant, in their order
 * @param recoveries one for each fault that kept somebody from work, in the order of their ends
 * @param worldFailed why the run says less than it should, in words: the world failed, or the run
 *     was cut off
 */
public record Judgement(
    List<Judged> judged, List<Recovery> recoveries, Optional<String> worldFailed) {
  public Judgement {
    judged = List.copyOf(judged);
    recoveries = List.copyOf(recoveries);
  }

  /** Whether the run came to its end and nothing was found. */
  public boolean clean() {
    return worldFailed.isEmpty()
        && judged.stream().noneMatch(one -> one.outcome() == Judged.Outcome.BROKEN);
  }
}
