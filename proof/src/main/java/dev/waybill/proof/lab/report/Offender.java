package dev.waybill.proof.lab.report;

import dev.waybill.proof.lab.judge.LifeLine;
import dev.waybill.proof.lab.judge.Row;
import dev.waybill.proof.lab.judge.Verdict;
import dev.waybill.proof.lab.judge.Wrong;
import dev.waybill.proof.lab.ledger.Asked;
import dev.waybill.proof.lab.ledger.B;
import dev.waybill.proof.lab.ledger.LabLedger;
import dev.waybill.proof.lab.ledger.VariantLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The first booking of a cell that is not 0.
 *
 * @param byFault how many of the cell were asked for under which fault
 */
record Offender(
    String variant, B b, Wrong wrong, int count, Map<String, Integer> byFault, String lifeLine) {

  static List<Offender> all(LabLedger ledger, Verdict verdict) {
    List<Offender> offenders = new ArrayList<>();
    for (Row row : verdict.rows()) {
      for (Wrong wrong : Wrong.values()) {
        if (row.count(wrong) > 0) {
          offenders.add(of(row, wrong, variant(ledger, row.variant())));
        }
      }
    }
    return offenders;
  }

  private static VariantLedger variant(LabLedger ledger, String name) {
    return ledger.variants().stream()
        .filter(one -> one.variant().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Offender of(Row row, Wrong wrong, VariantLedger ledger) {
    List<UUID> all = row.offenders(wrong);
    Map<String, Integer> byFault = new TreeMap<>();
    for (Asked asked : ledger.asked()) {
      int times = (int) all.stream().filter(asked.id()::equals).count();
      if (times > 0) {
        byFault.merge(asked.phase(), times, Integer::sum);
      }
    }
    return new Offender(
        row.variant(),
        row.b(),
        wrong,
        all.size(),
        byFault,
        LifeLine.of(ledger, row.b(), all.get(0)));
  }
}
