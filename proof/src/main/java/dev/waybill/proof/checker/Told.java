package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Fault;
import dev.waybill.proof.ledger.Fault.Part;
import dev.waybill.proof.ledger.Sample;
import java.util.List;
import java.util.TreeSet;

/**
 * I15. While something behind A is hurt for longer than {@value #LONG_MILLIS} ms, a service says at
 * least once that it is not ready, and why.
 */
final class Told {
  private static final long LONG_MILLIS = 40_000;

  private Told() {}

  static Judged judge(Facts facts) {
    if (facts.ledger().samples().isEmpty()) {
      return Judged.notExamined(Invariant.TOLD, "readiness was not looked at");
    }
    Findings findings = new Findings(Invariant.TOLD, facts);
    TreeSet<Long> told = new TreeSet<>();
    for (Sample sample : facts.ledger().samples()) {
      if (!sample.notReady().isEmpty()) {
        told.add(sample.at());
      }
    }
    List<Fault> faults =
        facts.ledger().faults().stream()
            .filter(fault -> fault.hurts() == Part.BEHIND)
            .filter(fault -> fault.ended() - fault.began() > LONG_MILLIS)
            .toList();
    for (Fault fault : faults) {
      Long first = told.ceiling(fault.began());
      if (first == null || first > fault.ended()) {
        findings.add(
            "%s, %s, lasted from %s to %s, and every service said that it was ready"
                .formatted(
                    fault.name(), fault.what(), facts.at(fault.began()), facts.at(fault.ended())));
      }
    }
    return findings.judgedOrElse(
        !faults.isEmpty(),
        faults.size(),
        "no fault behind A lasted longer than " + Seconds.of(LONG_MILLIS));
  }
}
