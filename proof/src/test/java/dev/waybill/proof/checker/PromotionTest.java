package dev.waybill.proof.checker;

import static dev.waybill.proof.checker.Attack.A3;
import static dev.waybill.proof.checker.Attack.BEGAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.proof.checker.Judged.Outcome;
import dev.waybill.proof.ledger.Fault;
import dev.waybill.proof.ledger.Fault.Part;
import dev.waybill.proof.ledger.Published;
import org.junit.jupiter.api.Test;

/** What the relay publishes again when a standby became A's database. */
final class PromotionTest {
  private final Attack attack = new Attack();

  private void promotedAt(long moment) {
    attack.faults.add(
        new Fault("F5", Fault.PROMOTION, Part.A, BEGAN + moment, BEGAN + moment + 1_000, 0));
  }

  private void publishedAgain(long offset, long moment) {
    attack.published.add(
        new Published(0, offset, BEGAN + moment, "order-a", A3.toString(), "3", "payload-" + A3));
  }

  private Outcome once() {
    return Checker.judge(attack.ledger()).judged().stream()
        .filter(one -> one.invariant() == Invariant.ONCE)
        .findFirst()
        .orElseThrow()
        .outcome();
  }

  @Test
  void isAllowedOncePerPromotion() {
    promotedAt(63_000);
    publishedAgain(40, 64_000);

    assertThat(once()).isEqualTo(Outcome.HELD);
  }

  @Test
  void isNoRepetitionBefore() {
    promotedAt(63_000);
    publishedAgain(40, 62_000);

    assertThat(once()).isEqualTo(Outcome.BROKEN);
  }

  @Test
  void isNotAllowedTwice() {
    promotedAt(63_000);
    publishedAgain(40, 64_000);
    publishedAgain(41, 65_000);

    assertThat(once()).isEqualTo(Outcome.BROKEN);
  }
}
