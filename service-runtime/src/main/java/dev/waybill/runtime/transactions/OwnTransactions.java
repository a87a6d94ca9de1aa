package dev.waybill.runtime.transactions;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings to their end the transactions of one's own ids that hang: open in a partition, while their
 * coordinator has done with them. Kafka leaves such when a sole broker is shut down in order
 * between a commit and its markers (docs/relay.md, "One broker").
 *
 * <p>Each ends as its coordinator had decided, in every partition: a commit may have been
 * acknowledged, and a later cursor may stand behind it, so aborting it would lose events. The
 * decision is the coordinator's state <em>before</em> the ids are initialised, which wipes it out.
 * So: {@link #endWhatIsOver} before it, {@link #endTheRest} after it. Of one thread.
 */
public final class OwnTransactions {
  private static final Logger log = LoggerFactory.getLogger(OwnTransactions.class);

  private static final long ENDS_SECONDS = 10;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final OpenTransactions transactions;
  private final Markers markers;
  private final Collection<String> ids;
  private final Collection<TopicPartition> partitions;
  private final Habit habit;
  private Map<Long, Decided> decided = Map.of();

  /**
   * Asks nothing yet.
   *
   * @param ids that are initialised by whoever asks, and by nobody who does not ask
   * @param partitions that these ids write to
   * @param habit of the producers that have these ids
   */
  public OwnTransactions(
      OpenTransactions transactions,
      Markers markers,
      Collection<String> ids,
      Collection<TopicPartition> partitions,
      Habit habit) {
    this.transactions = transactions;
    this.markers = markers;
    this.ids = ids;
    this.partitions = partitions;
    this.habit = habit;
  }

  /**
   * Learns what was decided, and ends what is certain to hang. May be called at any time, also
   * while the ids are in use. A failure changes nothing that the next call would need.
   *
   * @throws HangingTransactionException when it is not known how one has to end; the others are
   */
  public void endWhatIsOver() {
    List<OpenTransaction> open = transactions.in(partitions);
    decided =
        transactions.described(ids).entrySet().stream()
            .map(found -> new Decided(found.getKey(), found.getValue(), habit))
            .collect(Collectors.toMap(one -> one.by().producerId(), Function.identity()));
    List<OpenTransaction> over =
        open.stream().filter(this::isOurs).filter(one -> decision(one).isOver(one)).toList();
    if (!over.isEmpty()) {
      // What the coordinator ended between the two questions is not there any more.
      end(transactions.in(partitions).stream().filter(over::contains).toList());
    }
  }

  /**
   * As {@link #endWhatIsOver}, between two transactions of the ids, and waits for a coordinator
   * that is still ending the last one: it may have to leave out a marker yet.
   *
   * @throws TimeoutException when it is not done in {@value #ENDS_SECONDS} s
   */
  public void awaitEnds() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ENDS_SECONDS);
    endWhatIsOver();
    while (decided.values().stream().anyMatch(Decided::isEnding)) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("the coordinator has not ended a transaction of " + ids);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      endWhatIsOver();
    }
  }

  /**
   * Ends what still hangs now that the ids are initialised, when no transaction of theirs is under
   * way any more.
   *
   * @throws HangingTransactionException when it is not known how one has to end; the others are
   */
  public void endTheRest() {
    end(transactions.in(partitions).stream().filter(this::isOurs).toList());
  }

  private boolean isOurs(OpenTransaction open) {
    return decided.containsKey(open.producerId());
  }

  private Decided decision(OpenTransaction open) {
    return Objects.requireNonNull(decided.get(open.producerId()));
  }

  private void end(List<OpenTransaction> hanging) {
    hanging.forEach(open -> decision(open).endOf(open).ifPresent(end -> end(open, end)));
    String unknown =
        hanging.stream()
            .filter(open -> decision(open).endOf(open).isEmpty())
            .map(open -> open + " by " + decision(open).id())
            .sorted()
            .collect(Collectors.joining(", "));
    if (!unknown.isEmpty()) {
      throw new HangingTransactionException(
          "nobody knows any more how these transactions ended, which hang: " + unknown);
    }
  }

  private void end(OpenTransaction open, End end) {
    log.warn(
        "transaction {} of {} hangs: its coordinator has done with it, the partition has not;"
            + " writing the marker of its {}",
        open,
        decision(open).id(),
        end);
    markers.write(open, end);
  }
}
