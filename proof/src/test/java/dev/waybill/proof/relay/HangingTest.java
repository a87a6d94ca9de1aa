package dev.waybill.proof.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.proof.servers.Servers;
import dev.waybill.relay.Relay;
import dev.waybill.runtime.transactions.Habit;
import dev.waybill.runtime.transactions.Markers;
import dev.waybill.runtime.transactions.OpenTransactions;
import dev.waybill.runtime.transactions.OwnTransactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A sole broker is shut down in order while transactions commit, until Kafka leaves one hanging:
 * completely committed for its coordinator, open in its partitions.
 */
@ExtendWith(Servers.class)
class HangingTest {
  private static final int LANES = 4;

  /** It is a race inside the broker, in which a machine that is busy otherwise needs more. */
  private static final int ATTEMPTS = 20;

  /**
   * The more a broker has, the longer it takes from knowing that they have no leader to giving up
   * those of the transactions' log.
   */
  private static final int OTHER_PARTITIONS = 150;

  private final Map<String, Object> config =
      Map.of("bootstrap.servers", Servers.kafka().bootstrapServers());
  private final RelayWorld world = new RelayWorld(LANES);
  private final String topic = world.topic();
  private final List<TopicPartition> partitions =
      List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));

  /** Those of the relay, four a lane. */
  private final List<String> ids =
      IntStream.range(0, 4 * LANES)
          .mapToObj(number -> world.name() + "-" + number / 4 + "-" + number % 4)
          .toList();

  private final Set<String> committed = new TreeSet<>();
  private final Admin admin = Admin.create(config);

  @AfterEach
  void cleanUp() throws Exception {
    admin.deleteTopics(List.of(topic + ".others")).all().get();
    admin.close();
  }

  @Test
  @Timeout(400)
  void whatWasDecidedIsDoneInEveryPartitionAndWhatNobodyKnowsIsLeftToAPerson() throws Exception {
    makeTopics();
    int attempt = 0;
    while (hanging().size() < 2) {
      assertThat(attempt++).as("attempts that left too few hanging").isLessThan(ATTEMPTS);
      commitWhileTheBrokerShutsDown("attempt " + attempt)
          .values()
          .forEach(producer -> producer.close(Duration.ZERO));
    }
    List<String> hanging = hanging();
    String forgotten = hanging.get(0);
    initialise(forgotten);
    assertThat(hanging()).as("initialising ends none").isEqualTo(hanging);
    try (Relay relay = world.start()) {
      RelayWorld.awaitReadiness(
          relay,
          "transaction hangs:",
          "in " + topic + "-0 from offset",
          "in " + topic + "-1 from offset",
          "by " + forgotten);
      await().atMost(Servers.LIMIT).until(() -> hanging().equals(List.of(forgotten)));
      abort(forgotten);
      RelayWorld.awaitReadiness(relay, "\"ready\"");
    }
    committed.remove(forgotten + " attempt " + attempt);
    assertThat(readCommitted())
        .containsExactlyInAnyOrderElementsOf(
            committed.stream().flatMap(text -> Stream.of(text, text)).toList());
  }

  /** As B does before each of its transactions. */
  @Test
  @Timeout(400)
  void whatHasEndedEverywhereIsNotTakenAlongByTheNextThatIsAborted() throws Exception {
    makeTopics();
    Map<String, KafkaProducer<byte[], byte[]>> producers = Map.of();
    int attempt = 0;
    while (hanging().isEmpty()) {
      assertThat(attempt++).as("attempts that left none hanging").isLessThan(ATTEMPTS);
      producers.values().forEach(producer -> producer.close(Duration.ZERO));
      producers = commitWhileTheBrokerShutsDown("attempt " + attempt);
    }
    try (OpenTransactions transactions = OpenTransactions.ask(config)) {
      for (String id : hanging()) {
        new OwnTransactions(
                transactions,
                new Markers(transactions, config),
                List.of(id),
                partitions,
                Habit.HAS_COMMITTED)
            .awaitEnds();
        KafkaProducer<byte[], byte[]> producer = Objects.requireNonNull(producers.get(id));
        producer.beginTransaction();
        for (TopicPartition partition : partitions) {
          byte[] key = "aborted".getBytes(UTF_8);
          producer.send(new ProducerRecord<>(topic, partition.partition(), key, null)).get();
        }
        producer.abortTransaction();
      }
    }
    producers.values().forEach(KafkaProducer::close);
    assertThat(readCommitted())
        .containsExactlyInAnyOrderElementsOf(
            committed.stream().flatMap(text -> Stream.of(text, text)).toList());
  }

  private void makeTopics() throws Exception {
    try (Relay relay = world.start()) {
      RelayWorld.awaitReadiness(relay, "\"ready\"");
    }
    NewTopic others = new NewTopic(topic + ".others", OTHER_PARTITIONS, (short) 1);
    admin.createTopics(List.of(others)).all().get();
  }

  /** What a person does. */
  private void abort(String id) throws Exception {
    long producer = admin.describeTransactions(List.of(id)).description(id).get().producerId();
    for (TopicPartition partition : partitions) {
      for (ProducerState open : open(partition)) {
        if (open.producerId() == producer) {
          admin
              .abortTransaction(
                  new AbortTransactionSpec(
                      partition,
                      producer,
                      (short) open.producerEpoch(),
                      open.coordinatorEpoch().orElse(0)))
              .all()
              .get();
        }
      }
    }
  }

  /**
   * The producers, by id. Every transaction is decided at once when the partitions have lost their
   * leader.
   */
  private Map<String, KafkaProducer<byte[], byte[]>> commitWhileTheBrokerShutsDown(String text)
      throws Exception {
    Map<String, KafkaProducer<byte[], byte[]>> producers = new HashMap<>();
    for (String id : ids) {
      KafkaProducer<byte[], byte[]> producer = producer(id);
      producer.initTransactions();
      producer.beginTransaction();
      for (TopicPartition partition : partitions) {
        byte[] key = (id + " " + text).getBytes(UTF_8);
        producer.send(new ProducerRecord<>(topic, partition.partition(), key, null)).get();
      }
      committed.add(id + " " + text);
      producers.put(id, producer);
    }
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(Servers.kafka()::stop);
    while (!stopped.isDone() && hasLeader()) {
      Thread.onSpinWait();
    }
    List<CompletableFuture<Void>> commits =
        producers.values().stream()
            .map(one -> CompletableFuture.runAsync(() -> commit(one), HangingTest::inAThread))
            .toList();
    stopped.join();
    Servers.kafka().start();
    commits.forEach(CompletableFuture::join);
    await().atMost(Servers.LIMIT).until(this::coordinatorsHaveDone);
    return producers;
  }

  /** What has no answer in time can be asked for again; it stays the same commit. */
  private static void commit(KafkaProducer<byte[], byte[]> producer) {
    for (int left = 5; left > 0; left--) {
      try {
        producer.commitTransaction();
        return;
      } catch (TimeoutException unanswered) {
        assertThat(left).as("tries left after " + unanswered).isGreaterThan(1);
      }
    }
  }

  private boolean coordinatorsHaveDone() throws Exception {
    return admin.describeTransactions(ids).all().get().values().stream()
        .allMatch(known -> known.state() == TransactionState.COMPLETE_COMMIT);
  }

  private boolean hasLeader() {
    try {
      return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
          .flatMap(found -> found.partitions().stream())
          .anyMatch(partition -> partition.leader() != null && !partition.leader().isEmpty());
    } catch (ExecutionException down) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void inAThread(Runnable commit) {
    new Thread(commit).start();
  }

  private static void initialise(String id) {
    try (KafkaProducer<byte[], byte[]> producer = producer(id)) {
      producer.initTransactions();
    }
  }

  /** The ids whose transaction is open in a partition, in order. */
  private List<String> hanging() throws Exception {
    Map<Long, String> known = new HashMap<>();
    if (!committed.isEmpty()) {
      admin
          .describeTransactions(ids)
          .all()
          .get()
          .forEach((id, description) -> known.put(description.producerId(), id));
    }
    Set<String> hanging = new TreeSet<>();
    for (TopicPartition partition : partitions) {
      open(partition).forEach(open -> hanging.add(known.get(open.producerId())));
    }
    return List.copyOf(hanging);
  }

  private List<ProducerState> open(TopicPartition partition) throws Exception {
    return admin
        .describeProducers(List.of(partition))
        .partitionResult(partition)
        .get()
        .activeProducers()
        .stream()
        .filter(producer -> producer.currentTransactionStartOffset().isPresent())
        .toList();
  }

  private List<String> readCommitted() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Servers.readCommitted(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
      List<String> keys = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < end.getOrDefault(p, 0L))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> keys.add(new String(record.key(), UTF_8)));
      }
      return keys;
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(String transactionalId) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            Servers.kafka().bootstrapServers(),
            "transactional.id",
            transactionalId,
            "transaction.timeout.ms",
            300_000,
            "max.block.ms",
            20_000,
            "linger.ms",
            0),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
