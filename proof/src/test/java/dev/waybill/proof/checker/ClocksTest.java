package dev.waybill.proof.checker;

import static dev.waybill.proof.checker.Attack.A2;
import static dev.waybill.proof.checker.Attack.A3;
import static dev.waybill.proof.checker.Attack.BEGAN;
import static dev.waybill.proof.checker.Attack.LIVENESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.proof.checker.Judged.Outcome;
import dev.waybill.proof.ledger.Committed;
import dev.waybill.proof.ledger.Fault;
import dev.waybill.proof.ledger.Fault.Part;
import dev.waybill.proof.ledger.Injected;
import dev.waybill.proof.ledger.Notified;
import dev.waybill.proof.ledger.Published;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is judged of a run in which A's clock was wrong, or processes ended by themselves. */
final class ClocksTest {
  private static final long YEAR = Duration.ofDays(365).toMillis();

  private final Attack attack = new Attack();

  private Outcome outcome(Invariant invariant) {
    return judged(invariant).outcome();
  }

  private Judged judged(Invariant invariant) {
    return Checker.judge(attack.ledger()).judged().stream()
        .filter(one -> one.invariant() == invariant)
        .findFirst()
        .orElseThrow();
  }

  private void date(UUID event, long offset) {
    attack.committed.replaceAll(
        one ->
            one.eventId().equals(event)
                ? new Committed(
                    one.seq(),
                    event,
                    one.aggregateId(),
                    one.version(),
                    one.payload(),
                    one.at() + offset)
                : one);
  }

  /** By its own time it would have waited since before the fault, and for a year. */
  @Test
  void anEventThatAHasDatedBackWaitsOnlySinceItsRequest() {
    attack.withoutFaults().fault(Part.BEHIND, 100, 1_200);
    attack.withoutNotification(A2).notified(A2, 20, 1_300 + LIVENESS);
    date(A2, -YEAR);

    assertThat(outcome(Invariant.LIVENESS)).isEqualTo(Outcome.HELD);
  }

  @Test
  void anEventThatAHasDatedAheadIsLateAllTheSame() {
    attack.withoutNotification(A3).notified(A3, 20, 60_001 + LIVENESS);
    date(A3, YEAR);

    assertThat(outcome(Invariant.LIVENESS)).isEqualTo(Outcome.BROKEN);
  }

  /** An event of a year ago by its id: of B nothing is known of it but its notification. */
  private UUID anOldEvent() {
    UUID old = new UUID(((BEGAN - YEAR) << 16) | 0x7000L, 0x8000_0000_0000_0001L);
    attack.committed.add(new Committed(90, old, "order-c", 1, "payload", BEGAN - YEAR));
    attack.published.add(
        new Published(2, 0, BEGAN + 700, "order-c", old.toString(), "1", "payload"));
    attack.notified.add(new Notified(1, 0, BEGAN + 800, old));
    return old;
  }

  @Test
  void anEventDatedBeforeTheRetentionNeedsOnlyItsEffect() {
    anOldEvent();

    assertThat(Checker.judge(attack.ledger()).clean()).isTrue();
  }

  @Test
  void withoutItsEffectItIsLost() {
    attack.withoutNotification(anOldEvent());

    assertThat(outcome(Invariant.NO_LOSS)).isEqualTo(Outcome.BROKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"COPY", "CONFLICT"})
  void nobodyTellsOfItsCopiesAndContradictions(Injected.Kind kind) {
    UUID old = anOldEvent();
    attack.injected.add(new Injected(BEGAN + 4_000, kind, 2, 1, old.toString()));
    attack.published.add(
        new Published(2, 1, BEGAN + 4_100, "order-c", old.toString(), "1", "other"));

    assertThat(Checker.judge(attack.ledger()).clean()).isTrue();
  }

  @Test
  void processesThatEndedByThemselvesAreARemark() {
    attack.faults.add(
        new Fault(
            Fault.EXIT,
            "consumer-1 ended by itself",
            Part.NOBODY,
            BEGAN + 62_000,
            BEGAN + 63_000,
            3));

    assertThat(judged(Invariant.LIVENESS).outcome()).isEqualTo(Outcome.HELD);
    assertThat(judged(Invariant.LIVENESS).remark()).contains("1 times", "consumer-1 ended");
    assertThat(Checker.judge(attack.ledger()).recoveries())
        .extracting(recovery -> recovery.fault().name())
        .isEqualTo(List.of("F4"));
  }
}
