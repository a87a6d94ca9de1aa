package dev.waybill.proof.lab.judge;

import static dev.waybill.proof.lab.ledger.Synthetic.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.proof.lab.ledger.B;
import dev.waybill.proof.lab.ledger.Synthetic;
import org.junit.jupiter.api.Test;

final class LifeLineTest {
  private final Synthetic ledger = Synthetic.clean("direct-after-commit");

  @Test
  void saysHowABookingWasLost() {
    ledger
        .asked(9, "a", 1_200, 4, 0, 1, "a-killed")
        .committed(9, "a", 3, 1_201)
        .step("a", 9, "call to B begun", 1_202)
        .killed("a", 1_203)
        .injected("a-killed", true, 1_100, 2_300, true);

    assertThat(LifeLine.of(ledger.ledger(), B.NOT_RECOGNISING, id(9)))
        .isEqualTo(
            "booking "
                + id(9)
                + " of account a, version 3: fault a-killed begins 12:00:01.100; asked of A .200;"
                + " committed .201; call to B begun .202; a killed .203;"
                + " no answer (<refused>) .204; a-killed is over 12:00:02.300; never told");
  }

  @Test
  void saysThatItNeverCommitted() {
    ledger.asked(9, "a", 1_200, 503, 1, "constraint").told(9, "a", 3, 1_202);

    assertThat(LifeLine.of(ledger.ledger(), B.RECOGNISING, id(9)))
        .endsWith("effect in B .202; A answers 503 (<refused>) .204; never committed");
  }

  @Test
  void countsEffects() {
    ledger.told(B.NOT_RECOGNISING, 1, "a", 1, 900);

    assertThat(LifeLine.of(ledger.ledger(), B.NOT_RECOGNISING, id(1)))
        .contains("effect in B .015", "effect in B again, number 2 .900");
  }
}
