package dev.waybill.proof.lab.judge;

import static dev.waybill.proof.lab.ledger.Synthetic.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.proof.lab.ledger.B;
import dev.waybill.proof.lab.ledger.Synthetic;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each number by set difference. */
final class FoundTest {
  private final Synthetic ledger = Synthetic.clean("direct-after-commit");

  private Found found(B b) {
    return Found.of(ledger.ledger(), b);
  }

  @Test
  void nothingIsWrongWhenEachWasToldOnce() {
    assertThat(found(B.NOT_RECOGNISING).wrong().values()).allMatch(List::isEmpty);
    assertThat(found(B.RECOGNISING).told()).hasSize(4);
  }

  @Test
  void whatCommittedAndWasNotToldIsLost() {
    ledger.committed(9, "a", 3, 100).committed(8, "a", 4, 110);
    ledger.asked(8, "a", 109, 200, 1, "b-down").asked(9, "a", 99, 200, 1, "b-down");

    assertThat(found(B.RECOGNISING).lost()).containsExactly(id(9), id(8));
  }

  @Test
  void whatWasToldAndDidNotCommitIsAPhantom() {
    ledger.told(B.NOT_RECOGNISING, 9, "a", 3, 100);

    assertThat(found(B.NOT_RECOGNISING).phantom()).containsExactly(id(9));
    assertThat(found(B.RECOGNISING).phantom()).isEmpty();
  }

  @Test
  void eachEffectBeyondTheFirstCounts() {
    ledger.told(B.NOT_RECOGNISING, 3, "a", 2, 100).told(B.NOT_RECOGNISING, 3, "a", 2, 110);

    assertThat(found(B.NOT_RECOGNISING).doubled()).containsExactly(id(3), id(3));
    assertThat(found(B.NOT_RECOGNISING).reordered()).isEmpty();
  }

  @Test
  void firstEffectsOfAnAccountHaveItsOrder() {
    ledger.committed(5, "a", 3, 100).committed(6, "a", 4, 101).committed(7, "b", 3, 102);
    ledger.told(6, "a", 4, 110).told(5, "a", 3, 111).told(7, "b", 3, 112);

    assertThat(found(B.RECOGNISING).reordered()).containsExactly(id(5));
  }

  @Test
  void phantomsHaveNoOrder() {
    ledger.told(5, "a", 9, 110).committed(6, "a", 3, 111).told(6, "a", 3, 112);

    assertThat(found(B.RECOGNISING).reordered()).isEmpty();
  }
}
