package dev.waybill.runtime.transactions;

import java.util.Optional;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.requests.TransactionResult;

/** How a transaction ends. */
enum End {
  COMMIT(TransactionResult.COMMIT),
  ABORT(TransactionResult.ABORT);

  private final TransactionResult marker;

  End(TransactionResult marker) {
    this.marker = marker;
  }

  TransactionResult marker() {
    return marker;
  }

  /**
   * What was decided, by the coordinator's state; empty when it was not yet, or is forgotten. What
   * was decided once is never decided otherwise.
   */
  static Optional<End> of(TransactionState state) {
    return switch (state) {
      case PREPARE_COMMIT, COMPLETE_COMMIT -> Optional.of(COMMIT);
      case PREPARE_ABORT, PREPARE_EPOCH_FENCE, COMPLETE_ABORT -> Optional.of(ABORT);
      case ONGOING, EMPTY, UNKNOWN -> Optional.empty();
    };
  }

  /** Whether the coordinator has nothing under way. */
  static boolean isOver(TransactionState state) {
    return isComplete(state) || state == TransactionState.EMPTY;
  }

  /** Whether the coordinator has the answers of all partitions and will write nothing more. */
  static boolean isComplete(TransactionState state) {
    return state == TransactionState.COMPLETE_COMMIT || state == TransactionState.COMPLETE_ABORT;
  }
}
