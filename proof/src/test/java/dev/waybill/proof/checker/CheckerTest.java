package dev.waybill.proof.checker;

import static dev.waybill.proof.checker.Attack.A1;
import static dev.waybill.proof.checker.Attack.A2;
import static dev.waybill.proof.checker.Attack.A3;
import static dev.waybill.proof.checker.Attack.B1;
import static dev.waybill.proof.checker.Attack.B3;
import static dev.waybill.proof.checker.Attack.BEGAN;
import static dev.waybill.proof.checker.Attack.LIVENESS;
import static dev.waybill.proof.checker.Attack.NOBODYS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.proof.checker.Judged.Outcome;
import dev.waybill.proof.ledger.Committed;
import dev.waybill.proof.ledger.Fault.Part;
import dev.waybill.proof.ledger.Known;
import dev.waybill.proof.ledger.Ledger;
import dev.waybill.proof.ledger.Published;
import dev.waybill.proof.ledger.Rebuilt;
import dev.waybill.proof.ledger.Row;
import dev.waybill.proof.ledger.Row.Table;
import dev.waybill.proof.ledger.Size;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Each invariant breaks for what it is about, and no other does. */
final class CheckerTest {
  private final Attack attack = new Attack();

  @Test
  void everyExaminedInvariantHoldsWhenNothingWentWrong() {
    Judgement judgement = judge();

    assertThat(judgement.clean()).isTrue();
    assertThat(judgement.judged())
        .extracting(Judged::invariant)
        .containsExactly(Invariant.values());
    assertThat(judgement.judged())
        .filteredOn(one -> one.outcome() == Outcome.NOT_EXAMINED)
        .allMatch(one -> !one.remark().isEmpty())
        .extracting(Judged::invariant)
        .containsExactly(
            Invariant.DEAD_LETTERS, Invariant.DETERMINISM, Invariant.NEWCOMER, Invariant.BOUNDED);
    assertBroken();
  }

  @Test
  void anEventThatNeverLeftAIsLost() {
    attack.without(A3).committed.add(committed(A3, 3));

    assertBroken(Invariant.NO_LOSS);
  }

  @Test
  void anotherBThatSaysTheSameIsNoFinding() {
    attack.builtAgain();

    assertThat(judge().clean()).isTrue();
    assertThat(judge().judged())
        .filteredOn(one -> one.invariant() == Invariant.DETERMINISM)
        .allMatch(one -> one.outcome() == Outcome.HELD);
  }

  @Test
  void anotherBThatDecidesOtherwiseBreaksDeterminism() {
    attack.builtAgain().knownAgain.removeIf(known -> known.eventId().equals(A2));

    assertBroken(Invariant.DETERMINISM);
  }

  @Test
  void anotherBWithOtherTablesBreaksDeterminism() {
    attack.builtAgain().rebuilt.add(new Rebuilt(Table.ORDERS, "order-c", "PAID", null));

    assertBroken(Invariant.DETERMINISM);
  }

  @Test
  void whatWasCuredByAReplayIsNoFinding() {
    cured();

    assertThat(judge().clean()).isTrue();
    assertThat(judged(Invariant.DEAD_LETTERS).outcome()).isEqualTo(Outcome.HELD);
  }

  @Test
  void aReplayThatDoesNotCureIsOne() {
    attack
        .builtLetter(0, 2, A3)
        .replayed(A3)
        .withoutNotification(A3)
        .replaceKnown(new Known(A3, false, 0, BEGAN));

    assertBroken(Invariant.NO_LOSS, Invariant.DEAD_LETTERS);
  }

  @Test
  void aReplayThatTakesEffectTwiceIsOne() {
    cured().notified(A3, 40, 71_000);

    assertBroken(Invariant.ONCE, Invariant.DEAD_LETTERS);
  }

  @Test
  void whatABugHasRefusedIsOpenUntilItIsReplayed() {
    attack
        .builtLetter(0, 2, A3)
        .withoutNotification(A3)
        .replaceKnown(new Known(A3, false, 0, BEGAN));

    assertBroken();
  }

  @Test
  void aSecondLetterOfARecordIsOne() {
    attack.letter("CONFLICT", 1, 3, B1).replaceKnown(new Known(B1, true, -1, BEGAN));

    assertBroken(Invariant.DEAD_LETTERS);
  }

  private Attack cured() {
    return attack
        .builtLetter(0, 2, A3)
        .replayed(A3)
        .replayed(A3)
        .replaceKnown(new Known(A3, true, 1, BEGAN + 20_400));
  }

  @Test
  void aNewcomerThatHasWhatAHasIsNoFinding() {
    attack.newcomer.add(new Row(Table.ORDERS, "order-a", "PAID of c", "PAID of c"));

    assertThat(judge().clean()).isTrue();
    assertThat(judged(Invariant.NEWCOMER).outcome()).isEqualTo(Outcome.HELD);
  }

  @Test
  void aNewcomerThatHasSomethingElseIsOne() {
    attack.newcomer.add(new Row(Table.ORDERS, "order-a", "PAID of c", "PLACED of c"));

    assertBroken(Invariant.NEWCOMER);
  }

  /** And its customer with it. */
  @Test
  void anOrderOfWhichTheAttackWroteTheNewestRecordIsLeftOut() {
    attack.newcomer.add(new Row(Table.ORDERS, "x", null, "PAID of c, 1 EUR"));
    attack.newcomer.add(new Row(Table.CUSTOMERS, "c", "1", "2"));

    assertBroken();
  }

  @Test
  void aProcessThatGrowsIsOne() {
    for (int minute = 0; minute <= 10; minute++) {
      attack.sizes.add(new Size(BEGAN + minute * 60_000L, "relay", 7, 200L << 20, 40, 60));
      attack.sizes.add(
          new Size(BEGAN + minute * 60_000L, "b", 8, (200L + 80L * minute) << 20, 40, 60));
    }

    assertBroken(Invariant.BOUNDED);
    attack.sizes.removeIf(size -> size.member().equals("b"));
    assertBroken();
    assertThat(judged(Invariant.BOUNDED).outcome()).isEqualTo(Outcome.HELD);
  }

  @Test
  void anEventThatIsInTheTopicTwiceIsNotOnce() {
    attack.published.add(
        new Published(0, 40, BEGAN + 5_000, "order-a", A3.toString(), "3", "payload-" + A3));
    attack.replaceKnown(new Known(A3, true, 1, BEGAN + 20_400));

    assertBroken(Invariant.ONCE);
  }

  @Test
  void anEventThatBDoesNotKnowIsLost() {
    attack.withoutKnown(B3).replaceKnown(new Known(B1, true, 1, BEGAN));

    assertBroken(Invariant.NO_LOSS);
  }

  @Test
  void anEventThatNobodyWasNotifiedOfIsLost() {
    attack.withoutNotification(A2);

    assertBroken(Invariant.NO_LOSS);
  }

  /** The conflict's letter has its id, but is not about it. */
  @Test
  void aDeadLetterOfAConflictDoesNotStandForItsEvent() {
    attack.withoutNotification(B1);

    assertBroken(Invariant.NO_LOSS);
  }

  @Test
  void anAcknowledgedChangeThatDidNotCommitIsLost() {
    attack.request(70_000, 200, "order-a", 4);

    assertBroken(Invariant.NO_LOSS);
  }

  @Test
  void refusedRequestsAndAnswersOfEarlierOnesLoseNothing() {
    attack.request(70_000, 409, "order-a", 4).request(70_100, 200, "order-a", 3);

    assertBroken();
  }

  /** It is not lost; but nothing that A writes may become one. */
  @Test
  void aDeadLetterOfAnEventOfAIsNoLossAndUnexpected() {
    attack
        .replaceKnown(new Known(A3, false, 0, BEGAN))
        .withoutNotification(A3)
        .letter("UNPROCESSABLE", 0, 2, A3);

    assertBroken(Invariant.CONFLICT);
  }

  @Test
  void aRecordOfAnEventThatDidNotCommitIsAPhantom() {
    attack.published.add(record(NOBODYS));
    attack.replaceKnown(new Known(NOBODYS, true, 0, BEGAN));

    assertBroken(Invariant.NO_PHANTOM);
  }

  @Test
  void anEffectOfAnEventThatDidNotCommitIsAPhantom() {
    attack.notified(NOBODYS, 20, 5_000);

    assertBroken(Invariant.NO_PHANTOM);
  }

  @Test
  void anEventThatTookEffectTwiceIsNotOnce() {
    attack.notified(A1, 20, 5_000);

    assertBroken(Invariant.ONCE);
  }

  @Test
  void theFirstViolationsAreKeptAndAllAreCounted() {
    for (int i = 0; i < 25; i++) {
      attack.notified(A1, 20 + i, 5_000);
    }

    Judged once = judged(Invariant.ONCE);

    assertThat(once.violations()).isEqualTo(25);
    assertThat(once.findings()).hasSize(20);
  }

  @Test
  void eventsThatChangedPlacesInTheTopicAreOutOfOrder() {
    attack.republish(A1, at(0, 1)).republish(A2, at(0, 0));

    assertBroken(Invariant.ORDER);
  }

  @Test
  void aVersionThatNeverWasIsAGap() {
    attack.without(A3).committed.add(committed(A3, 4));
    attack.requests.removeIf(request -> request.version() == 3);
    attack.published.add(new Published(0, 2, BEGAN, "order-a", A3.toString(), "4", "payload"));
    attack.replaceKnown(new Known(A3, true, 0, BEGAN)).notified(A3, 20, 62_000);

    assertBroken(Invariant.ORDER);
  }

  @Test
  void anOrderInTwoPartitionsIsOutOfOrder() {
    attack.republish(A3, at(2, 0));

    assertBroken(Invariant.ORDER);
  }

  @Test
  void effectsThatChangedPlacesAreOutOfOrder() {
    attack
        .withoutNotification(A1)
        .withoutNotification(A2)
        .notified(A1, 21, 3_000)
        .notified(A2, 20, 3_000);
    attack.withoutNotification(A3).notified(A3, 22, 62_000);

    assertBroken(Invariant.ORDER);
  }

  @Test
  void anotherPayloadIsNoIntegrity() {
    attack.republish(
        A2,
        old ->
            new Published(
                0, old.offset(), old.readAt(), old.key(), old.eventId(), old.version(), "other"));

    assertBroken(Invariant.INTEGRITY);
  }

  @Test
  void anotherKeyIsNoIntegrity() {
    attack.republish(
        A2,
        old -> new Published(0, old.offset(), BEGAN, "order-b", old.eventId(), "2", old.payload()));

    assertBroken(Invariant.INTEGRITY);
  }

  @Test
  void anotherVersionIsNoIntegrity() {
    attack.republish(
        A2,
        old -> new Published(0, old.offset(), BEGAN, old.key(), old.eventId(), "7", old.payload()));

    assertBroken(Invariant.INTEGRITY);
  }

  @Test
  void tablesThatDifferAreNoIntegrity() {
    attack.row(Table.CUSTOMERS, "2", "3").row(Table.ORDERS, null, "PAID");

    assertThat(judged(Invariant.INTEGRITY).violations()).isEqualTo(2);
    assertBroken(Invariant.INTEGRITY);
  }

  @Test
  void aDuplicateThatNobodySentIsNotConserved() {
    attack.replaceKnown(new Known(A2, true, 1, BEGAN));

    assertBroken(Invariant.CONSERVATION);
    Judged judged = judged(Invariant.CONSERVATION);
    assertThat(judged.remark())
        .isEqualTo("9 records read + 0 replayed, 6 applied + 2 duplicates + 2 dead letters");
    assertThat(judged.findings().get(0).offender()).contains(A2.toString());
  }

  @Test
  void aRecordThatNobodyAccountsForIsNotConserved() {
    attack.published.add(new Published(0, 4, BEGAN, "order-a", A3.toString(), "3", "payload"));

    assertBroken(Invariant.ONCE, Invariant.CONSERVATION);
  }

  @Test
  void aConflictThatIsDroppedAsADuplicateIsDroppedInSilence() {
    attack.withoutLetter("CONFLICT").replaceKnown(new Known(B1, true, 1, BEGAN));

    assertBroken(Invariant.CONFLICT);
  }

  @Test
  void aCopyIsNoDeadLetter() {
    attack.letter("VERSION_TAKEN", 0, 3, A1).replaceKnown(new Known(A1, true, 0, BEGAN + 1_400));

    assertBroken(Invariant.CONFLICT);
  }

  @Test
  void poisonWithoutADeadLetterIsDroppedInSilence() {
    attack.withoutLetter("MISSING_ID").replaceKnown(new Known(B1, true, 1, BEGAN));

    assertBroken(Invariant.CONFLICT);
  }

  @Test
  void aRecordThatIsGoneAtRestWasAborted() {
    attack.atRestOnly(record -> record.partition() != 0 || record.offset() != 1);

    assertBroken(Invariant.ISOLATION);
  }

  @Test
  void aTransactionThatIsOpenAtRestBreaksIsolation() {
    attack.openTransactions(1);

    assertBroken(Invariant.ISOLATION);
  }

  @Test
  void isolationIsNotExaminedWhenNobodyReadAtRest() {
    attack.atRestOnly(record -> false);

    assertThat(judged(Invariant.ISOLATION).outcome()).isEqualTo(Outcome.NOT_EXAMINED);
    assertBroken();
  }

  @Test
  void recoveryCountsFromTheEndOfAFaultToTheLastEventFromBeforeIt() {
    assertThat(judge().recoveries())
        .containsExactly(new Recovery(attack.faults.get(0), 2_000, true));
  }

  @Test
  void recoveryThatTakesLongerThanTheBoundBreaksLiveness() {
    attack.withoutNotification(A3).notified(A3, 20, 60_001 + LIVENESS);

    assertBroken(Invariant.LIVENESS);
  }

  @Test
  void aLaterFaultIsNotBlamedOnAnEarlierOne() {
    attack
        .fault(Part.BEHIND, 61_000, 99_000)
        .fault(Part.NOBODY, 61_500, 99_500)
        .withoutNotification(A3)
        .notified(A3, 20, 100_000);

    assertBroken();
    assertThat(judge().recoveries())
        .containsExactly(
            new Recovery(attack.faults.get(0), 0, false),
            new Recovery(attack.faults.get(1), 1_000, true));
  }

  @Test
  void overlappingFaultsAreJudgedByTheLast() {
    attack
        .fault(Part.A, 59_000, 65_000)
        .withoutNotification(A3)
        .notified(A3, 20, 65_001 + LIVENESS);

    assertBroken(Invariant.LIVENESS);
    assertThat(judge().recoveries())
        .containsExactly(
            new Recovery(attack.faults.get(0), 0, false),
            new Recovery(attack.faults.get(1), LIVENESS + 1, true));
  }

  @Test
  void aRequestThatFailsWhileSomethingBehindAIsHurtIsNotFree() {
    attack.request(30_000, 503, null, 0).request(31_000, 0, null, 0);

    assertThat(judged(Invariant.A_IS_FREE).violations()).isEqualTo(2);
    assertBroken(Invariant.A_IS_FREE);
  }

  @Test
  void aRequestMayFailWhileAIsHurtAndShortlyAfter() {
    attack.fault(Part.A, 80_000, 81_000).request(79_995, 0, null, 0).request(85_900, 503, null, 0);

    assertBroken();
  }

  @Test
  void aRequestThatFailsLongAfterAWasHurtIsNotFree() {
    attack.fault(Part.A, 80_000, 81_000).request(86_100, 503, null, 0);

    assertBroken(Invariant.A_IS_FREE);
  }

  @Test
  void theSlownessOfAIsTold() {
    assertThat(judged(Invariant.A_IS_FREE).remark())
        .isEqualTo("p99 8 ms while something behind A was hurt, 8 ms while nothing was");
  }

  @Test
  void aLongFaultThatNoServiceSpeaksOfIsNotTold() {
    attack.everyServiceSaysItIsReady();

    assertBroken(Invariant.TOLD);
  }

  @Test
  void withoutFaultsThereIsNoEvidenceForWhatIsAboutThem() {
    attack.withoutFaults().fault(Part.NOBODY, 10_000, 60_000);

    assertThat(judge().recoveries()).isEmpty();
    assertThat(List.of(Invariant.LIVENESS, Invariant.A_IS_FREE, Invariant.TOLD))
        .allMatch(one -> judged(one).outcome() == Outcome.NOT_EXAMINED);
    assertBroken();
  }

  /** What is read at rest is missing or not whole, so that it proves nothing. */
  @Test
  void aRunThatWasCutOffIsNotCleanAndAccusesNobodyOfLoss() {
    attack.cutOff().withoutKnown(A1).committed.clear();

    assertThat(judge().clean()).isFalse();
    assertThat(judge().worldFailed())
        .hasValueSatisfying(why -> assertThat(why).contains("cut off"));
    assertThat(judged(Invariant.NO_LOSS).outcome()).isEqualTo(Outcome.NOT_EXAMINED);
    assertBroken();
  }

  @Test
  void whatIsDoubledIsFoundInARunThatWasCutOff() {
    attack.cutOff().notified(A1, 20, 5_000);

    assertBroken(Invariant.ONCE);
  }

  @Test
  void aWorldThatFailedIsNotClean() {
    attack.worldFailed("the disk is full");

    assertThat(judge().clean()).isFalse();
    assertThat(text()).contains("THE WORLD FAILED: the disk is full");
  }

  @Test
  void aServiceThatIsNeverReadyAgainIsNoFailureOfTheWorld() {
    attack.neverReady("consumer-1 is not ready");

    assertBroken(Invariant.LIVENESS);
    assertThat(judge().worldFailed()).isEmpty();
    assertThat(text()).contains("consumer-1 is not ready");
    assertThat(judged(Invariant.NO_LOSS).outcome()).isEqualTo(Outcome.NOT_EXAMINED);
  }

  @Test
  void anEmptyLedgerHoldsNothing() {
    Ledger full = attack.ledger();
    Ledger empty =
        new Ledger(
            full.run(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            full.rest());

    assertThat(Checker.judge(empty).judged())
        .allMatch(one -> one.outcome() == Outcome.NOT_EXAMINED);
  }

  @Test
  void theOffenderIsShownWithItsLifeLine() {
    attack.notified(A1, 20, 5_000);

    assertThat(judged(Invariant.ONCE).findings())
        .containsExactly(
            new Finding(
                Invariant.ONCE,
                "event "
                    + A1
                    + " took effect once more: partition 0, offset 20 of the notifications",
                List.of(
                    "committed at 1.000 s: seq 1, order order-a, version 1",
                    "published, read at 1.200 s: partition 0, offset 0, version 1",
                    "COPY injected at 4.000 s: partition 0, offset 3",
                    "notified, read at 1.500 s: partition 0, offset 0",
                    "notified, read at 5.000 s: partition 0, offset 20",
                    "B says: applied at 1.400 s, 1 duplicates dropped")));
    assertThat(text())
        .contains("  ✗ I3  once", "      COPY injected at", "  – I7  dead letters", "p50 2.000 s");
  }

  private void assertBroken(Invariant... invariants) {
    assertThat(judge().judged())
        .filteredOn(one -> one.outcome() == Outcome.BROKEN)
        .extracting(Judged::invariant)
        .containsExactly(invariants);
  }

  private Judgement judge() {
    return Checker.judge(attack.ledger());
  }

  private Judged judged(Invariant invariant) {
    return judge().judged().stream()
        .filter(one -> one.invariant() == invariant)
        .findFirst()
        .orElseThrow();
  }

  private String text() {
    StringWriter text = new StringWriter();
    JudgementText.print(judge(), new PrintWriter(text));
    return text.toString();
  }

  private static Committed committed(UUID id, long version) {
    return new Committed(9, id, "order-a", version, "payload", BEGAN + 20_000);
  }

  private static Published record(UUID id) {
    return new Published(0, 4, BEGAN, "order-a", id.toString(), "4", "payload");
  }

  private static UnaryOperator<Published> at(int partition, long offset) {
    return old ->
        new Published(
            partition,
            offset,
            old.readAt(),
            old.key(),
            old.eventId(),
            old.version(),
            old.payload());
  }
}
