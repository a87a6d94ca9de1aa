package dev.waybill.runtime.transactions;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks partitions and coordinators about transactions. Every method blocks on the brokers and
 * throws a {@link KafkaException} when they are away or deny the right.
 */
public final class OpenTransactions implements AutoCloseable {
  /**
   * A transaction that no coordinator names may be one that we have no right to hear of. Such a one
   * ends within the brokers' default for {@code transaction.max.timeout.ms}.
   */
  private static final Duration FORGOTTEN = Duration.ofMinutes(15);

  private final Admin admin;

  private OpenTransactions(Admin admin) {
    this.admin = admin;
  }

  /** Connects to nothing yet. */
  public static OpenTransactions ask(Map<String, Object> clientConfig) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    return new OpenTransactions(Admin.create(config));
  }

  /** One past the last record of a partition, those of open transactions among them. */
  public long highWatermark(TopicPartition partition) {
    ListOffsetsOptions all = new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED);
    return Answers.of(
            admin
                .listOffsets(Map.of(partition, OffsetSpec.latest()), all)
                .partitionResult(partition))
        .offset();
  }

  /**
   * Says why a partition cannot be read to its end; returns when nothing is open there (any more).
   *
   * @throws OpenTransactionException when a transaction is under way, which ends by itself
   * @throws HangingTransactionException when one is open that no coordinator has
   */
  public void explain(TopicPartition partition, Instant now) {
    for (OpenTransaction open : in(List.of(partition))) {
      Optional<TransactionListing> its = of(open.producerId());
      String name = its.map(known -> " by " + known.transactionalId()).orElse("");
      boolean over =
          its.isPresent() ? End.isOver(its.get().state()) : open.isOlderThan(FORGOTTEN, now);
      // Asked again, because it may have ended between the two answers.
      if (over && in(List.of(partition)).contains(open)) {
        throw new HangingTransactionException(
            "transaction %s%s hangs: no coordinator will end it".formatted(open, name));
      }
      throw new OpenTransactionException(
          "waiting for the end of the transaction %s%s".formatted(open, name));
    }
  }

  List<OpenTransaction> in(Collection<TopicPartition> partitions) {
    return Answers.of(admin.describeProducers(partitions).all()).entrySet().stream()
        .flatMap(
            found ->
                found.getValue().activeProducers().stream()
                    .filter(producer -> producer.currentTransactionStartOffset().isPresent())
                    .map(producer -> OpenTransaction.of(found.getKey(), producer)))
        .toList();
  }

  /**
   * The partitions of topics.
   *
   * @param isAnyAlone whether one of them has one replica: only there can a transaction hang
   */
  public record Partitions(List<TopicPartition> partitions, boolean isAnyAlone) {
    public Partitions {
      partitions = List.copyOf(partitions);
    }
  }

  /** Of those topics that are there and may be read. */
  public Partitions readable(Collection<String> topics) {
    DescribeTopicsOptions withRights =
        new DescribeTopicsOptions().includeAuthorizedOperations(true);
    var asked = admin.describeTopics(topics, withRights).topicNameValues();
    List<TopicPartition> partitions = new ArrayList<>();
    boolean isAnyAlone = false;
    for (String topic : topics) {
      try {
        TopicDescription found = Answers.of(Objects.requireNonNull(asked.get(topic)));
        if (found.authorizedOperations().contains(AclOperation.READ)) {
          for (TopicPartitionInfo one : found.partitions()) {
            partitions.add(new TopicPartition(topic, one.partition()));
            isAnyAlone |= one.replicas().size() == 1;
          }
        }
      } catch (UnknownTopicOrPartitionException | TopicAuthorizationException none) {
        // Nothing is open where nothing is, and what nobody may see nobody here can end.
      }
    }
    return new Partitions(partitions, isAnyAlone);
  }

  /** The transactional ids that begin so, whoever has them. */
  public List<String> idsOf(String prefix) {
    return Answers.of(admin.listTransactions().all()).stream()
        .map(TransactionListing::transactionalId)
        .filter(id -> id.startsWith(prefix))
        .toList();
  }

  /** The broker that leads a partition. */
  Node leader(TopicPartition partition) {
    String topic = partition.topic();
    TopicDescription found =
        Answers.of(
            Objects.requireNonNull(
                admin.describeTopics(List.of(topic)).topicNameValues().get(topic)));
    Node leader = found.partitions().get(partition.partition()).leader();
    if (leader == null) {
      throw new LeaderNotAvailableException(partition + " has no leader");
    }
    return leader;
  }

  /** What the coordinators know of these ids; those that were never used are not in it. */
  Map<String, TransactionDescription> described(Collection<String> transactionalIds) {
    var asked = admin.describeTransactions(transactionalIds);
    Map<String, TransactionDescription> known = new HashMap<>();
    for (String id : transactionalIds) {
      try {
        known.put(id, Answers.of(asked.description(id)));
      } catch (TransactionalIdNotFoundException neverUsed) {
        // There is nothing to know of it then.
      }
    }
    return known;
  }

  /** What the coordinators call a producer; empty when they do not know it, or may not say. */
  Optional<TransactionListing> of(long producerId) {
    ListTransactionsOptions its =
        new ListTransactionsOptions().filterProducerIds(Set.of(producerId));
    return Answers.of(admin.listTransactions(its).all()).stream().findFirst();
  }

  @Override
  public void close() {
    admin.close();
  }
}
