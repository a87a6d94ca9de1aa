package dev.waybill.proof.faults;

import dev.waybill.proof.faults.Attack.Deed;
import dev.waybill.proof.faults.Attack.Flow;
import dev.waybill.proof.ledger.Fault.Part;
import java.time.Duration;

/** F8 and F9: what somebody writes into the events' topic. */
final class Records {
  private Records() {}

  static AttackDraft copy(Draw draw) {
    int copies = draw.between(1, 60);
    int seed = draw.between(0, Integer.MAX_VALUE - 1);
    return new AttackDraft(
        copies + " copies of events, and a contradiction",
        Part.NOBODY,
        Flow.APPLIED,
        Duration.ZERO,
        target -> {
          target.injector().copy(copies, seed);
          target.injector().contradict(seed);
        },
        Deed.none());
  }

  static AttackDraft poison(Draw draw) {
    int records = draw.between(1, 10);
    int seed = draw.between(0, Integer.MAX_VALUE - 1);
    return new AttackDraft(
        records + " records of poison",
        Part.NOBODY,
        Flow.APPLIED,
        Duration.ZERO,
        target -> target.injector().poison(records, seed),
        Deed.none());
  }
}
