package dev.waybill.proof.lab.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.proof.lab.ledger.B;
import dev.waybill.proof.lab.ledger.LabLedger;
import dev.waybill.proof.lab.ledger.Synthetic;
import dev.waybill.proof.lab.ledger.VariantLedger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lab says it when it is not to be believed. */
final class VerdictTest {
  private final Synthetic relay = Synthetic.clean("internal-queue-relay");
  private final Synthetic direct = Synthetic.clean("direct-after-commit");

  private static List<String> complaints(VariantLedger... variants) {
    return Verdict.of(Synthetic.run(variants)).complaints();
  }

  @Test
  void holdsWhenAllIsAsItMustBe() {
    assertThat(complaints(relay.ledger(), direct.ledger())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Tampered.class)
  void aLedgerThatIsWrongIsFoundOut(Tampered mutant) {
    LabLedger ledger = Synthetic.run(relay.ledger(), direct.ledger());

    assertThat(Verdict.of(mutant.of(ledger)).complaints())
        .anyMatch(complaint -> complaint.contains("not clean without faults"));
  }

  @Test
  void aPatternThatLosesNothingWhenItMustIsNotBelieved() {
    direct
        .injected("b-down", false, 1_000, 3_000, true)
        .asked(9, "a", 1_100, 200, 1, "b-down")
        .committed(9, "a", 3, 1_103)
        .told(9, "a", 3, 3_200);

    assertThat(complaints(direct.ledger()))
        .containsExactly(
            "direct-after-commit, B recognises: no: 0 lost under b-down, and some were expected");
  }

  @Test
  void itIsBelievedWhenItLosesUnderThatFault() {
    direct
        .injected("b-down", false, 1_000, 3_000, true)
        .asked(9, "a", 1_100, 200, 1, "b-down")
        .committed(9, "a", 3, 1_103);

    assertThat(complaints(direct.ledger())).isEmpty();
  }

  @Test
  void aQueueMayHaveBeenBehindWhenItsWorkerWasKilled() {
    Synthetic push =
        Synthetic.clean("external-queue-push")
            .injected("worker-killed", false, 1_000, 3_000, true)
            .asked(9, "a", 900, 200, 1, "b-down")
            .committed(9, "a", 3, 903)
            .told(9, "a", 3, 1_500);
    assertThat(complaints(push.ledger())).hasSize(1);

    push.told(B.NOT_RECOGNISING, 9, "a", 3, 4_000);
    assertThat(complaints(push.ledger())).isEmpty();
  }

  @Test
  void waybillMayLoseNothing() {
    relay.asked(9, "a", 1_100, 200, 1, "b-down").committed(9, "a", 3, 1_103);

    assertThat(complaints(relay.ledger()))
        .hasSize(2)
        .allMatch(complaint -> complaint.contains("1 lost in all, and none were expected"));
  }

  @Test
  void aFaultThatNeverHappenedIsNoEvidence() {
    relay.injected("a-killed", true, 1_000, 3_000, false);

    assertThat(complaints(relay.ledger()))
        .containsExactly("internal-queue-relay: the fault a-killed never took effect");
  }

  @Test
  void aWorldThatFailedIsNotNothingFound() {
    assertThat(complaints(VariantLedger.failed("external-queue-push", "words", "no Kafka")))
        .containsExactly("external-queue-push: the world failed: no Kafka");
  }
}
