package dev.waybill.proof.lab.judge;

import static dev.waybill.proof.lab.ledger.Synthetic.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.proof.lab.ledger.B;
import dev.waybill.proof.lab.ledger.Synthetic;
import org.junit.jupiter.api.Test;

final class RowTest {
  private final Synthetic ledger =
      Synthetic.clean("internal-queue-relay")
          .injected("b-down", false, 1_000, 3_000, true)
          .injected("a-killed", true, 4_000, 5_000, true);

  private Row row() {
    return Row.of(ledger.ledger(), B.RECOGNISING);
  }

  @Test
  void costsAreThoseWithoutFaults() {
    ledger.asked(9, "a", 1_100, 900, 200, 1, "b-down");

    assertThat(row().a()).isEqualTo(new Percentiles(4, 4_000, 4_000, 4_000));
    assertThat(row().told().p99()).isEqualTo(2_000);
  }

  @Test
  void refusalsCountWhenSomethingElseWasAway() {
    ledger.asked(8, "a", 1_100, 503, 1, "b-down").asked(9, "a", 4_100, 0, 1, "a-killed");

    assertThat(row().refused()).containsExactly(id(8));
  }

  @Test
  void aRequestHangsWhenItTakesLongAndLongerThanAnyWithoutFaults() {
    ledger.asked(8, "a", 1_100, 1_600, 200, 1, "b-down");
    assertThat(row().hung()).containsExactly(id(8));
    assertThat(row().refused()).isEmpty();

    ledger.asked(7, "a", 900, 1_700, 200, 0, "control");
    assertThat(row().hung()).isEmpty();
  }

  @Test
  void recoveryIsUntilTheLastOfThoseWasToldThatHadCommittedByThen() {
    ledger.committed(8, "a", 3, 2_900).told(8, "a", 3, 3_700);
    ledger.committed(9, "a", 4, 3_100).told(9, "a", 4, 3_950);

    assertThat(row().recovery()).isEqualTo(new Percentiles(2, 0, 700_000, 700_000));
  }

  @Test
  void aRequestThatIsRefusedWithoutFaultsIsNotClean() {
    assertThat(row().cleanWithoutFaults()).isTrue();

    ledger.asked(9, "a", 60, 503, 0, "control");
    assertThat(row().cleanWithoutFaults()).isFalse();
  }
}
