package dev.waybill.proof.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.proof.lab.judge.Row;
import dev.waybill.proof.lab.judge.Verdict;
import dev.waybill.proof.lab.judge.Wrong;
import dev.waybill.proof.lab.ledger.B;
import dev.waybill.proof.lab.ledger.LabLedger;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What everybody knows, measured: each weakness shows under the fault that is about it. */
final class LabTest {
  private final StringWriter said = new StringWriter();

  @TempDir private Path folder;

  @Test
  @Timeout(600)
  void eachPatternShowsItsWeaknessAndWaybillHasNone() throws Exception {
    LabPlan plan =
        LabPlan.of(
                List.of(
                    Variant.DIRECT_AFTER_COMMIT,
                    Variant.DIRECT_IN_TRANSACTION,
                    Variant.INTERNAL_QUEUE_PUSH,
                    Variant.INTERNAL_QUEUE_RELAY),
                1,
                List.of(LabFault.B_DOWN, LabFault.B_ANSWER_LOST, LabFault.TWO_AT_ONCE))
            .quick();
    LabLedger ledger;
    try (Lab lab = new Lab(folder, plan, new LabDisplay(new PrintWriter(said), false))) {
      ledger = lab.run();
    }

    Verdict verdict = Verdict.of(ledger);

    assertThat(verdict.complaints()).as("%s", said).isEmpty();
    assertThat(row(verdict, Variant.DIRECT_AFTER_COMMIT).count(Wrong.LOST)).isPositive();
    assertThat(row(verdict, Variant.DIRECT_IN_TRANSACTION).count(Wrong.PHANTOM)).isPositive();
    assertThat(row(verdict, Variant.DIRECT_IN_TRANSACTION).count(Wrong.REFUSED)).isPositive();
    assertThat(row(verdict, Variant.INTERNAL_QUEUE_PUSH).count(Wrong.DOUBLED)).isPositive();
    assertThat(row(verdict, Variant.INTERNAL_QUEUE_PUSH).count(Wrong.REORDERED)).isPositive();
    Row waybill =
        verdict.rows().stream()
            .filter(row -> row.variant().equals(Variant.INTERNAL_QUEUE_RELAY.text()))
            .filter(row -> row.b() == B.RECOGNISING)
            .findFirst()
            .orElseThrow();
    assertThat(waybill.found().wrong().values()).allMatch(List::isEmpty);
    assertThat(waybill.refused()).isEmpty();
    assertThat(waybill.found().told()).hasSizeGreaterThan(100);
  }

  /** With the B that does not recognise. */
  private static Row row(Verdict verdict, Variant variant) {
    return verdict.rows().stream()
        .filter(row -> row.variant().equals(variant.text()) && row.b() == B.NOT_RECOGNISING)
        .findFirst()
        .orElseThrow();
  }
}
