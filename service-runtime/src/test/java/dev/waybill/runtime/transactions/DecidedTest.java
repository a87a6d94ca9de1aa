package dev.waybill.runtime.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class DecidedTest {
  private static final OpenTransaction OPEN =
      new OpenTransaction(new TopicPartition("t", 0), 7, (short) 3, 0, 5, Instant.EPOCH);

  @Test
  void lastTransactionEndsAsItsCoordinatorDecided() {
    assertThat(decided(TransactionState.COMPLETE_COMMIT, 4).endOf(OPEN)).contains(End.COMMIT);
    assertThat(decided(TransactionState.PREPARE_COMMIT, 4).endOf(OPEN)).contains(End.COMMIT);
    assertThat(decided(TransactionState.COMPLETE_ABORT, 4).endOf(OPEN)).contains(End.ABORT);
    assertThat(decided(TransactionState.PREPARE_EPOCH_FENCE, 4).endOf(OPEN)).contains(End.ABORT);
  }

  @Test
  void whatWasForgottenOrIsNotDecidedIsNotKnown() {
    assertThat(decided(TransactionState.EMPTY, 4).endOf(OPEN)).isEmpty();
    assertThat(decided(TransactionState.EMPTY, 9).endOf(OPEN)).isEmpty();
    assertThat(decided(TransactionState.ONGOING, 4).endOf(OPEN)).isEmpty();
  }

  @Test
  void earlierTransactionWasCommittedHoweverALaterOneEnded() {
    assertThat(decided(TransactionState.COMPLETE_COMMIT, 5).endOf(OPEN)).contains(End.COMMIT);
    assertThat(decided(TransactionState.COMPLETE_ABORT, 6).endOf(OPEN)).contains(End.COMMIT);
    assertThat(decided(TransactionState.ONGOING, 5).endOf(OPEN)).contains(End.COMMIT);
    assertThat(decided(TransactionState.COMPLETE_ABORT, 5).endOf(OPEN))
        .as("may be this one's own, which took too long")
        .isEmpty();
  }

  @Test
  void whereEpochsDoNotTellTransactionsApartOnlyACommitIsBelieved() {
    assertThat(decided(TransactionState.COMPLETE_COMMIT, 3).endOf(OPEN)).contains(End.COMMIT);
    assertThat(decided(TransactionState.COMPLETE_ABORT, 3).endOf(OPEN)).isEmpty();
  }

  @Test
  void onlyWhatTheCoordinatorHasDoneWithIsOver() {
    assertThat(decided(TransactionState.COMPLETE_COMMIT, 4).isOver(OPEN)).isTrue();
    assertThat(decided(TransactionState.COMPLETE_COMMIT, 3).isOver(OPEN)).as("a new one").isFalse();
    assertThat(decided(TransactionState.PREPARE_COMMIT, 4).isOver(OPEN)).isFalse();
    assertThat(decided(TransactionState.ONGOING, 4).isOver(OPEN)).isFalse();
  }

  /**
   * Such as in a broker that has come back a moment ago, and leaves out the markers of this end,
   * too.
   */
  @Test
  void whatWasUnderWayIsAbortedByWhoeverInitialises() {
    TransactionDescription its =
        new TransactionDescription(
            1,
            TransactionState.ONGOING,
            7,
            3,
            20_000,
            OptionalLong.of(1),
            Set.of(new TopicPartition("t", 0)));
    assertThat(new Decided("id", its, Habit.GOES_ON).endOf(OPEN)).contains(End.ABORT);
    assertThat(new Decided("id", its, Habit.GOES_ON).isOver(OPEN)).isFalse();
    assertThat(decided(TransactionState.ONGOING, 3).endOf(OPEN))
        .as("of other partitions")
        .isEmpty();
  }

  @Test
  void ofAProducerThatGoesOnAfterAnAbortOnlyTheLastIsKnown() {
    assertThat(decided(TransactionState.COMPLETE_COMMIT, 4, Habit.GOES_ON).endOf(OPEN))
        .contains(End.COMMIT);
    assertThat(decided(TransactionState.COMPLETE_ABORT, 4, Habit.GOES_ON).endOf(OPEN))
        .contains(End.ABORT);
    assertThat(decided(TransactionState.COMPLETE_COMMIT, 6, Habit.GOES_ON).endOf(OPEN)).isEmpty();
    assertThat(decided(TransactionState.ONGOING, 5, Habit.GOES_ON).endOf(OPEN)).isEmpty();
  }

  @Test
  void whatItsProducerHasCommittedIsCommittedAlsoWhileTheNextIsUnderWay() {
    assertThat(decided(TransactionState.ONGOING, 4, Habit.HAS_COMMITTED).endOf(OPEN))
        .contains(End.COMMIT);
    assertThat(decided(TransactionState.COMPLETE_ABORT, 4, Habit.HAS_COMMITTED).endOf(OPEN))
        .as("the one that was under way itself")
        .contains(End.ABORT);
    assertThat(decided(TransactionState.ONGOING, 5, Habit.HAS_COMMITTED).endOf(OPEN)).isEmpty();
    assertThat(decided(TransactionState.ONGOING, 4, Habit.GOES_ON).endOf(OPEN)).isEmpty();
  }

  @Test
  void endIsUnderWayUntilAllPartitionsHaveAnswered() {
    assertThat(decided(TransactionState.PREPARE_COMMIT, 4).isEnding()).isTrue();
    assertThat(decided(TransactionState.COMPLETE_COMMIT, 4).isEnding()).isFalse();
    assertThat(decided(TransactionState.ONGOING, 4).isEnding()).isFalse();
  }

  private static Decided decided(TransactionState state, int epoch) {
    return decided(state, epoch, Habit.INITIALISES);
  }

  private static Decided decided(TransactionState state, int epoch, Habit habit) {
    return new Decided(
        "id",
        new TransactionDescription(1, state, 7, epoch, 20_000, OptionalLong.empty(), Set.of()),
        habit);
  }
}
