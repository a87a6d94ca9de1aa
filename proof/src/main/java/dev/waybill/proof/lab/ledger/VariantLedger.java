package dev.waybill.proof.lab.ledger;

import java.util.List;

/**
 * What was seen of a pattern.
 *
 * @param variant its name
 * @param words the pattern in words
 * @param failed why its world could not be run or read to the end; empty when it could
 */
public record VariantLedger(
    String variant,
    String words,
    List<Asked> asked,
    List<Committed> committed,
    List<Told> told,
    List<Step> steps,
    List<Injected> injected,
    String failed) {
  public VariantLedger {
    asked = List.copyOf(asked);
    committed = List.copyOf(committed);
    told = List.copyOf(told);
    steps = List.copyOf(steps);
    injected = List.copyOf(injected);
  }

  /** Of which nothing is known but why. */
  public static VariantLedger failed(String variant, String words, String why) {
    return new VariantLedger(
        variant, words, List.of(), List.of(), List.of(), List.of(), List.of(), why);
  }
}
