package dev.waybill.proof.lab.judge;

import dev.waybill.proof.lab.ledger.B;
import dev.waybill.proof.lab.ledger.Injected;
import dev.waybill.proof.lab.ledger.LabLedger;
import dev.waybill.proof.lab.ledger.VariantLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The table, and whether the lab can be believed.
 *
 * @param complaints why it cannot, or what of Waybill's does not hold; empty when all is well
 */
public record Verdict(List<Row> rows, List<String> complaints) {

  public static Verdict of(LabLedger ledger) {
    List<Row> rows = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    for (VariantLedger variant : ledger.variants()) {
      if (!variant.failed().isEmpty()) {
        complaints.add(variant.variant() + ": the world failed: " + variant.failed());
        continue;
      }
      Stream.of(B.values()).map(b -> Row.of(variant, b)).forEach(rows::add);
      unclean(variant).forEach(complaints::add);
      ineffective(variant).forEach(complaints::add);
      Sign.ALL.forEach(sign -> sign.missedBy(variant).ifPresent(complaints::add));
    }
    return new Verdict(List.copyOf(rows), List.copyOf(complaints));
  }

  private static Stream<String> unclean(VariantLedger variant) {
    return Stream.of(B.values())
        .map(b -> Row.of(variant, b))
        .filter(row -> !row.cleanWithoutFaults())
        .map(
            row ->
                "%s, B recognises: %s: not clean without faults, so the workload is wrong"
                    .formatted(row.variant(), row.b().text()));
  }

  /** A kind of fault has to have happened at least once. */
  private static Stream<String> ineffective(VariantLedger variant) {
    List<String> effective =
        variant.injected().stream()
            .filter(Injected::tookEffect)
            .map(Injected::name)
            .distinct()
            .toList();
    return variant.injected().stream()
        .map(Injected::name)
        .distinct()
        .filter(name -> !effective.contains(name))
        .map(name -> variant.variant() + ": the fault " + name + " never took effect");
  }

  public boolean holds() {
    return complaints.isEmpty();
  }
}
