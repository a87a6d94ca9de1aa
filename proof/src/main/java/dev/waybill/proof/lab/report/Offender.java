package dev.waybill.proof.lab.report;

import dev.waybill.proof.lab.judge.LifeLine;
import dev.waybill.proof.lab.judge.Row;
import dev.waybill.proof.lab.judge.Verdict;
import dev.waybill.proof.lab.judge.Wrong;
import dev.waybill.proof.lab.ledger.Asked;
import dev.waybill.proof.lab.ledger.LabLedger;
import dev.waybill.proof.lab.ledger.VariantLedger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The first booking of a cell that is not 0.
 *
 * @param recognises whether B does: {@code no}, {@code yes}, or {@code no or yes} where it is the
 *     same for both
 * @param byFault how many of the cell were asked for under which fault
 */
record Offender(
    String variant,
    String recognises,
    Wrong wrong,
    int count,
    Map<String, Integer> byFault,
    String lifeLine) {

  static List<Offender> all(LabLedger ledger, Verdict verdict) {
    List<Offender> offenders = new ArrayList<>();
    for (Row row : verdict.rows()) {
      for (Wrong wrong : Wrong.values()) {
        if (row.count(wrong) > 0) {
          add(offenders, of(row, wrong, variant(ledger, row.variant())));
        }
      }
    }
    return offenders;
  }

  /** Unless it is there already, of the other B. */
  private static void add(List<Offender> offenders, Offender next) {
    for (int i = 0; i < offenders.size(); i++) {
      Offender before = offenders.get(i);
      if (next.with(before.recognises).equals(before)) {
        offenders.set(i, before.with(before.recognises + " or " + next.recognises));
        return;
      }
    }
    offenders.add(next);
  }

  private Offender with(String newRecognises) {
    return new Offender(variant, newRecognises, wrong, count, byFault, lifeLine);
  }

  /** Such as {@code 3 lost (b-down 2, a-killed 1)}. */
  String sum() {
    return "%s %s (%s)"
        .formatted(
            count,
            wrong.text(),
            byFault.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(fault -> fault.getKey() + " " + fault.getValue())
                .collect(Collectors.joining(", ")));
  }

  /** A step in a line. */
  String lines() {
    return lifeLine.replaceFirst(": ", ":\n  ").replace("; ", "\n  ");
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
      int times = Collections.frequency(all, asked.id());
      if (times > 0) {
        byFault.merge(asked.phase(), times, Integer::sum);
      }
    }
    return new Offender(
        row.variant(),
        row.b().text(),
        wrong,
        all.size(),
        byFault,
        LifeLine.of(ledger, row.b(), all.get(0)));
  }
}
