package dev.waybill.proof.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.consumer.streams.OwnEnds;
import dev.waybill.proof.KafkaClients;
import dev.waybill.proof.servers.Servers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A sole broker is killed while transactions are open, and comes back when they have taken too
 * long: its coordinator aborts them, and leaves them open in their partitions.
 */
@ExtendWith(Servers.class)
@Timeout(300)
class OwnEndsTest {
  private static final int PARTITIONS = 6;
  private static final int ATTEMPTS = 10;
  private static final Duration TRANSACTION = Duration.ofSeconds(1);

  private final Map<String, Object> config =
      Map.of("bootstrap.servers", Servers.kafka().bootstrapServers());
  private final String application = "b-" + UUID.randomUUID();
  private final String topic = application + "-store-changelog";
  private final String id = application + "-" + UUID.randomUUID() + "-1";
  private final Admin admin = Admin.create(config);
  private final OwnEnds ends = new OwnEnds(config, application, Set.of(topic, "no-such-topic"));

  @AfterEach
  void cleanUp() throws Exception {
    ends.close();
    admin.deleteTopics(List.of(topic)).all().get();
    admin.close();
  }

  @Test
  void whatWasAbortedEndsSoThatOthersReadOn() throws Exception {
    leaveOneHanging();
    ends.start();

    await().atMost(Servers.LIMIT).until(() -> open() == 0);

    assertThat(ends.notEnded()).isEmpty();
    assertThat(readable()).isEqualTo(written());
  }

  @Test
  void whatNobodyKnowsTheEndOfIsNamed() throws Exception {
    leaveOneHanging();
    try (KafkaProducer<byte[], byte[]> another = producer()) {
      another.initTransactions(); // Wipes out what the coordinator knew.
      another.beginTransaction();
      for (int partition = 0; partition < PARTITIONS - 1; partition++) {
        another.send(new ProducerRecord<>(topic, partition, id.getBytes(UTF_8), null)).get();
      }
      another.commitTransaction();
    }
    ends.start();

    await()
        .atMost(Servers.LIMIT)
        .untilAsserted(
            () ->
                assertThat(ends.notEnded())
                    .hasValueSatisfying(
                        words ->
                            assertThat(words)
                                .contains(topic + "-" + (PARTITIONS - 1) + " from offset", id)));
    assertThat(open()).isEqualTo(1);
  }

  private void leaveOneHanging() throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    int attempt = 0;
    do {
      assertThat(attempt++).as("attempts that left none hanging").isLessThan(ATTEMPTS);
      try (KafkaProducer<byte[], byte[]> producer = producer()) {
        producer.initTransactions();
        producer.beginTransaction();
        for (int partition = 0; partition < PARTITIONS; partition++) {
          producer.send(new ProducerRecord<>(topic, partition, id.getBytes(UTF_8), null)).get();
        }
        Servers.kafka().kill();
        producer.close(Duration.ZERO);
      }
      Thread.sleep(TRANSACTION.multipliedBy(2).toMillis());
      Servers.kafka().start();
      await().atMost(Servers.LIMIT).until(this::coordinatorHasDone);
    } while (open() == 0);
    assertThat(open()).isEqualTo(PARTITIONS);
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> all = new HashMap<>(config);
    all.put("transactional.id", id);
    all.put("transaction.timeout.ms", (int) TRANSACTION.toMillis());
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private boolean coordinatorHasDone() throws Exception {
    return admin.describeTransactions(List.of(id)).description(id).get().state()
        == TransactionState.COMPLETE_ABORT;
  }

  private List<TopicPartition> partitions() {
    return IntStream.range(0, PARTITIONS)
        .mapToObj(partition -> new TopicPartition(topic, partition))
        .toList();
  }

  /** How many partitions have an open transaction. */
  private long open() throws Exception {
    return admin.describeProducers(partitions()).all().get().values().stream()
        .flatMap(found -> found.activeProducers().stream())
        .filter(producer -> producer.currentTransactionStartOffset().isPresent())
        .count();
  }

  private Map<TopicPartition, Long> readable() {
    try (KafkaConsumer<byte[], byte[]> reader =
        KafkaClients.reader(Servers.kafka().bootstrapServers())) {
      return reader.endOffsets(partitions());
    }
  }

  private Map<TopicPartition, Long> written() {
    try (KafkaConsumer<byte[], byte[]> reader =
        KafkaClients.readerOfAll(Servers.kafka().bootstrapServers())) {
      return reader.endOffsets(partitions());
    }
  }
}
