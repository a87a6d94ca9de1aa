package dev.waybill.proof.lab.judge;

import dev.waybill.proof.lab.ledger.Asked;
import dev.waybill.proof.lab.ledger.B;
import dev.waybill.proof.lab.ledger.Injected;
import dev.waybill.proof.lab.ledger.VariantLedger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a run has to show, when it had the fault: a lab in which nothing is ever lost is broken.
 *
 * @param fault under which; empty for all of them
 * @param some whether there must be some of it, or none
 */
public record Sign(String variant, B b, Wrong wrong, String fault, boolean some) {

  private static final String WAYBILL = "internal-queue-relay";

  /** All of them. */
  static final List<Sign> ALL =
      List.of(
          some("direct-after-commit", Wrong.LOST, "b-down"),
          some("direct-after-commit", Wrong.LOST, "a-killed"),
          some("direct-after-commit-retrying", Wrong.LOST, "a-killed"),
          some("direct-in-transaction", Wrong.PHANTOM, "b-answer-lost"),
          some("direct-in-transaction", Wrong.PHANTOM, "constraint"),
          some("direct-in-transaction", Wrong.REFUSED, "b-down"),
          some("external-queue-push", Wrong.PHANTOM, "constraint"),
          some("external-queue-push", Wrong.DOUBLED, "worker-killed"),
          some("external-queue-push", Wrong.REFUSED, "kafka-away"),
          some("external-queue-pull", Wrong.PHANTOM, "constraint"),
          some("external-queue-pull", Wrong.DOUBLED, "b-down"),
          some("external-queue-pull", Wrong.REFUSED, "kafka-away"),
          some("internal-queue-push", Wrong.DOUBLED, "b-answer-lost"),
          some("internal-queue-push", Wrong.REORDERED, "two-at-once"),
          none("internal-queue-push", B.RECOGNISING, Wrong.DOUBLED),
          none("external-queue-push", B.RECOGNISING, Wrong.DOUBLED),
          none("external-queue-pull", B.RECOGNISING, Wrong.DOUBLED),
          none(WAYBILL, B.NOT_RECOGNISING, Wrong.LOST),
          none(WAYBILL, B.NOT_RECOGNISING, Wrong.PHANTOM),
          none(WAYBILL, B.RECOGNISING, Wrong.LOST),
          none(WAYBILL, B.RECOGNISING, Wrong.PHANTOM),
          none(WAYBILL, B.RECOGNISING, Wrong.DOUBLED),
          none(WAYBILL, B.RECOGNISING, Wrong.REORDERED),
          none(WAYBILL, B.RECOGNISING, Wrong.REFUSED));

  private static Sign some(String variant, Wrong wrong, String fault) {
    return new Sign(variant, B.NOT_RECOGNISING, wrong, fault, true);
  }

  private static Sign none(String variant, B b, Wrong wrong) {
    return new Sign(variant, b, wrong, "", false);
  }

  /** Why the ledger does not show it; empty when it does, or is not about it. */
  Optional<String> missedBy(VariantLedger ledger) {
    boolean isAbout =
        ledger.variant().equals(variant)
            && (fault.isEmpty()
                || ledger.injected().stream().map(Injected::name).anyMatch(fault::equals));
    if (!isAbout) {
      return Optional.empty();
    }
    long count = count(ledger);
    return some == count > 0
        ? Optional.empty()
        : Optional.of(
            "%s, B recognises: %s: %s %s %s, and %s were expected"
                .formatted(
                    variant,
                    b.text(),
                    count,
                    wrong.text(),
                    fault.isEmpty() ? "in all" : "under " + fault,
                    some ? "some" : "none"));
  }

  private long count(VariantLedger ledger) {
    Row row = Row.of(ledger, b);
    if (fault.isEmpty()) {
      return row.count(wrong);
    }
    Set<UUID> under = under(ledger);
    return row.offenders(wrong).stream().filter(under::contains).count();
  }

  /**
   * What was asked for under the fault, or took effect while it lasted: a queue may have been
   * behind.
   */
  private Set<UUID> under(VariantLedger ledger) {
    Set<UUID> ids = new HashSet<>();
    for (Asked asked : ledger.asked()) {
      if (asked.phase().equals(fault)) {
        ids.add(asked.id());
      }
    }
    for (Injected one : ledger.injected()) {
      if (one.name().equals(fault)) {
        ledger.told().stream()
            .filter(effect -> effect.at() >= one.began() && effect.at() <= one.ended())
            .forEach(effect -> ids.add(effect.id()));
      }
    }
    return ids;
  }
}
