package dev.waybill.proof.faults;

import dev.waybill.proof.faults.Attack.Deed;
import dev.waybill.proof.faults.Attack.Flow;
import dev.waybill.proof.ledger.Fault.Part;
import java.time.Duration;

/** An attack but for its name and the pause before it. */
record AttackDraft(String what, Part hurts, Flow flow, Duration lasts, Deed begin, Deed end) {

  Attack named(String name, Duration after) {
    return new Attack(name, what, hurts, flow, after, lasts, begin, end);
  }
}
