package dev.waybill.runtime.transactions;

import java.util.Optional;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;

/**
 * What is known of how an id's transactions ended.
 *
 * @param by its coordinator's account, from before the id was initialised
 * @param habit what its producer does after a transaction that it could not commit
 */
record Decided(String id, TransactionDescription by, Habit habit) {
  /**
   * How it has to end; empty when that is not known. Each end raises the epoch by one, that of a
   * transaction which took too long possibly by two. Before transactions of version 2 none does,
   * and an abort may be a later one's.
   */
  Optional<End> endOf(OpenTransaction open) {
    if (isUnderWay(open)) {
      return Optional.of(End.ABORT); // by whoever has initialised or aborted since
    }
    Optional<End> last = End.of(by.state());
    int after = by.producerEpoch() - open.producerEpoch();
    if (after == 1) {
      boolean isBefore = by.state() == TransactionState.ONGOING && habit == Habit.HAS_COMMITTED;
      return isBefore ? Optional.of(End.COMMIT) : last;
    }
    if (habit != Habit.INITIALISES) {
      return Optional.empty();
    }
    boolean ambiguous = after < 1 || (after == 2 && last.isPresent());
    boolean followed = !ambiguous && by.state() != TransactionState.EMPTY;
    boolean committed = followed || last.equals(Optional.of(End.COMMIT));
    return committed ? Optional.of(End.COMMIT) : Optional.empty();
  }

  /** Whether the coordinator has decided and has not the answers of all partitions yet. */
  boolean isEnding() {
    return End.of(by.state()).isPresent() && !End.isComplete(by.state());
  }

  /** Whether it was the coordinator's own when it was asked. */
  private boolean isUnderWay(OpenTransaction open) {
    return by.state() == TransactionState.ONGOING
        && by.producerEpoch() == open.producerEpoch()
        && by.topicPartitions().contains(open.partition());
  }

  /**
   * Whether this one is no longer the coordinator's. Since transactions of version 2 (KIP-890) each
   * end raises the epoch, so that one of a lower epoch cannot be a new one that was begun just now;
   * of brokers before that, {@link OwnTransactions#endTheRest} takes care.
   */
  boolean isOver(OpenTransaction open) {
    return End.isComplete(by.state()) && open.producerEpoch() < by.producerEpoch();
  }
}
