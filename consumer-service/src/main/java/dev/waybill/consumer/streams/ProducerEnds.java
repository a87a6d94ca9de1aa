package dev.waybill.consumer.streams;

import dev.waybill.runtime.transactions.Habit;
import dev.waybill.runtime.transactions.Markers;
import dev.waybill.runtime.transactions.OpenTransactions;
import dev.waybill.runtime.transactions.OpenTransactions.Partitions;
import dev.waybill.runtime.transactions.OwnTransactions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** That the transactions of one producer end in every partition. Used by its thread. */
final class ProducerEnds {
  private static final Logger log = LoggerFactory.getLogger(ProducerEnds.class);

  /** For so long a broker may be away between two transactions, and the thread goes on. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final OpenTransactions transactions;
  private final Markers markers;
  private final String id;
  private final Set<String> topics;
  private Partitions readable = new Partitions(List.of(), false);
  private Habit habit = Habit.GOES_ON;

  /** Asks nothing yet. */
  ProducerEnds(
      OpenTransactions transactions, Markers markers, String transactionalId, Set<String> topics) {
    this.transactions = transactions;
    this.markers = markers;
    this.id = transactionalId;
    this.topics = topics;
  }

  /**
   * Initialises the producer, and leaves none of its earlier transactions open anywhere.
   *
   * @throws dev.waybill.runtime.transactions.HangingTransactionException when one is, and it is not
   *     known how it has to end
   * @throws org.apache.kafka.common.KafkaException when the brokers are away or deny a right
   */
  void initialise(Runnable initialise) {
    readable = transactions.readable(topics);
    habit = Habit.GOES_ON;
    OwnTransactions own = own();
    own.endWhatIsOver();
    initialise.run();
    own.endTheRest();
  }

  /**
   * Where a transaction can hang: waits until the last one has ended in every partition. Whatever
   * were written behind one that hangs would become a part of it, and would take it along when it
   * is aborted.
   *
   * @throws RetriableException when the brokers stay away
   */
  void awaitLast() {
    if (!readable.isAnyAlone()) {
      return;
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        own().awaitEnds();
        return;
      } catch (RetriableException away) {
        if (System.nanoTime() > deadline) {
          throw away;
        }
        log.debug("{} begins no transaction yet", id, away);
      } catch (AuthorizationException denied) {
        log.debug("{} may not ask how its last transaction ended", id, denied);
        return;
      }
    }
  }

  /** To be called after each commit. */
  void committed() {
    habit = Habit.HAS_COMMITTED;
  }

  /**
   * Aborts the producer's transaction, which may initialise it, and leaves none of its transactions
   * open as far as that can be seen to now; whoever initialises it next sees to the rest.
   */
  void abort(Runnable abort) {
    OwnTransactions own = own();
    boolean asked = isDone(own::endWhatIsOver);
    habit = Habit.GOES_ON;
    abort.run();
    if (asked) {
      boolean unused = isDone(own::endTheRest);
    }
  }

  private boolean isDone(Runnable question) {
    try {
      question.run();
      return true;
    } catch (RuntimeException failure) {
      log.debug("left to the next initialisation of {}", id, failure);
      return false;
    }
  }

  private OwnTransactions own() {
    return new OwnTransactions(transactions, markers, List.of(id), readable.partitions(), habit);
  }
}
