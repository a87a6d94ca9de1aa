package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Published;
import dev.waybill.proof.ledger.Row;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * I10. A B that was built from the compacted topic alone has the orders and the customers' totals
 * that A has. Left out are orders of which the attack itself has written the newest record, and
 * their customers: of a key, a compacted topic keeps that one.
 */
final class Newcomer {
  private Newcomer() {}

  static Judged judge(Facts facts) {
    Findings findings = new Findings(Invariant.NEWCOMER, facts);
    if (facts.ledger().newcomer().isEmpty()) {
      return Judged.notExamined(
          Invariant.NEWCOMER, "no B was built from the compacted topic alone");
    }
    Set<String> spoilt = spoilt(facts);
    long examined = 0;
    for (Row row : facts.ledger().newcomer()) {
      if (!spoilt.contains(row.id())) {
        examined++;
        findings.addUnlessEqual(
            row.table(),
            row.id(),
            "A",
            row.inA(),
            "a B that was built from the compacted topic",
            row.inB());
      }
    }
    return findings.judged(
        examined, facts.ledger().newcomer().size() - examined + " left out: spoilt by the attack");
  }

  /** The ids of such orders, and all that stands in their rows, their customers' ids among it. */
  private static Set<String> spoilt(Facts facts) {
    Map<String, Published> newest = new HashMap<>();
    facts.ledger().published().stream()
        .filter(record -> record.key() != null)
        .forEach(
            record ->
                newest.merge(
                    record.key() + " in " + record.partition(),
                    record,
                    (one, other) -> one.offset() > other.offset() ? one : other));
    Set<String> spoilt = new HashSet<>();
    newest.forEach(
        (place, record) -> {
          if (facts.injected().contains(Facts.position(record))) {
            spoilt.add(Objects.requireNonNull(record.key()));
          }
        });
    facts.ledger().newcomer().stream()
        .filter(row -> row.table() == Row.Table.ORDERS && spoilt.contains(row.id()))
        .flatMap(row -> Stream.of(row.inA(), row.inB()).filter(Objects::nonNull))
        .flatMap(line -> Arrays.stream(line.split("[ ,]+")))
        .toList()
        .forEach(spoilt::add);
    return spoilt;
  }
}
