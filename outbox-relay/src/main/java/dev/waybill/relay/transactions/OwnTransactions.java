package dev.waybill.relay.transactions;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.common.TopicPartition;
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
 * So: {@link #before} initialising, {@link #after} it. Of one thread.
 */
public final class OwnTransactions {
  private static final Logger log = LoggerFactory.getLogger(OwnTransactions.class);

  private final OpenTransactions transactions;
  private final Markers markers;
  private final Collection<String> ids;
  private final Collection<TopicPartition> partitions;
  private Map<Long, Decided> decided = Map.of();

  private record Decided(String id, TransactionDescription by) {
    /**
     * Whether this one is no longer the coordinator's. Since transactions of version 2 (KIP-890)
     * each end raises the epoch, so that one of a lower epoch cannot be a new one that was begun
     * just now; of brokers before that, {@link #after} takes care.
     */
    boolean isOver(OpenTransaction open) {
      return End.isComplete(by.state()) && open.producerEpoch() < by.producerEpoch();
    }
  }

  /**
   * Asks nothing yet.
   *
   * @param ids that are initialised by whoever asks, and by nobody who does not ask
   * @param partitions that these ids write to
   */
  public OwnTransactions(
      OpenTransactions transactions,
      Markers markers,
      Collection<String> ids,
      Collection<TopicPartition> partitions) {
    this.transactions = transactions;
    this.markers = markers;
    this.ids = ids;
    this.partitions = partitions;
  }

  /**
   * Learns what was decided, and ends what is certain to hang. A failure changes nothing that the
   * next call would need.
   */
  public void before() {
    List<OpenTransaction> open = transactions.in(partitions);
    decided =
        transactions.described(ids).entrySet().stream()
            .map(found -> new Decided(found.getKey(), found.getValue()))
            .collect(Collectors.toMap(one -> one.by().producerId(), Function.identity()));
    List<OpenTransaction> hanging = open.stream().filter(this::isOver).toList();
    if (!hanging.isEmpty()) {
      // What the coordinator ended between the two questions is not there any more.
      transactions.in(partitions).stream().filter(hanging::contains).forEach(this::end);
    }
  }

  private boolean isOver(OpenTransaction open) {
    Decided its = decided.get(open.producerId());
    return its != null && its.isOver(open);
  }

  /**
   * Ends what still hangs now that the ids are initialised, when no transaction of theirs is under
   * way any more.
   *
   * @throws HangingTransactionException when it is not known how one has to end
   */
  public void after() {
    transactions.in(partitions).stream()
        .filter(open -> decided.containsKey(open.producerId()))
        .forEach(this::end);
  }

  private void end(OpenTransaction open) {
    Decided its = Objects.requireNonNull(decided.get(open.producerId()));
    Optional<End> end = End.of(its.by().state());
    if (end.isEmpty()) {
      throw new HangingTransactionException(
          "transaction %s of %s hangs, and its coordinator does not know any more how it ended"
              .formatted(open, its.id()));
    }
    log.warn(
        "transaction {} of {} hangs: its coordinator has done with it, the partition has not;"
            + " writing the marker of its {}",
        open,
        its.id(),
        end.get());
    markers.write(open, end.get());
  }
}
