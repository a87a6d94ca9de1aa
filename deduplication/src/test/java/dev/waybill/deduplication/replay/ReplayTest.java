package dev.waybill.deduplication.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.deduplication.DeadLetterHeaders;
import dev.waybill.deduplication.LetterAction;
import dev.waybill.deduplication.LetterPlace;
import dev.waybill.deduplication.Reason;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy.StrategyType;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final TopicPartition LETTERS = new TopicPartition("letters", 0);
  private static final Replay.Topics TOPICS =
      new Replay.Topics("letters", Set.of("orders.events", "replays"), "replays");
  private static final String FIRST = "01a20d6d-5a00-7000-8000-000000000001";
  private static final Selection ALL =
      new Selection(Set.of(), Selection.CURABLE, Integer.MAX_VALUE);

  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>(StrategyType.EARLIEST.toString());
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final StringWriter said = new StringWriter();
  private final Replay replay = new Replay(consumer, producer, new PrintWriter(said));
  private long offset;

  @BeforeEach
  void lettersOfSeveralReasons() {
    Node node = new Node(0, "nowhere", 1);
    consumer.updatePartitions(
        "letters",
        List.of(new PartitionInfo("letters", 0, node, new Node[] {node}, new Node[] {node})));
    consumer.updatePartitions(
        "replays",
        IntStream.range(0, 6)
            .mapToObj(i -> new PartitionInfo("replays", i, node, new Node[0], new Node[0]))
            .toList());
    consumer.updateBeginningOffsets(Map.of(LETTERS, 0L));
    consumer.schedulePollTask(
        () -> {
          letter(FIRST, Reason.UNDECODABLE, "orders.events", 3);
          letter("01a20d6d-5a00-7000-8000-000000000002", Reason.CONFLICT, "orders.events", 1);
          letter("01a20d6d-5a00-7000-8000-000000000003", Reason.UNDECODABLE, "others", 1);
          letter("01a20d6d-5a00-7000-8000-000000000004", Reason.UNDECODABLE, "orders.events", 2);
        });
    consumer.updateEndOffsets(Map.of(LETTERS, 4L));
  }

  private void letter(String id, Reason reason, String topic, int partition) {
    letter("ce_id", id, reason, topic, partition);
  }

  private void letter(String idHeader, String id, Reason reason, String topic, int partition) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(idHeader, id.getBytes(UTF_8));
    headers.add("ce_sequence", "1".getBytes(UTF_8));
    headers.add(DeadLetterHeaders.REASON, reason.name().getBytes(UTF_8));
    headers.add(DeadLetterHeaders.TOPIC, topic.getBytes(UTF_8));
    headers.add(DeadLetterHeaders.PARTITION, Integer.toString(partition).getBytes(UTF_8));
    headers.add(DeadLetterHeaders.OFFSET, "77".getBytes(UTF_8));
    headers.add(DeadLetterHeaders.TIMESTAMP, "1234".getBytes(UTF_8));
    consumer.addRecord(
        new ConsumerRecord<>(
            "letters",
            0,
            offset++,
            0,
            TimestampType.CREATE_TIME,
            1,
            1,
            "k".getBytes(UTF_8),
            "v".getBytes(UTF_8),
            headers,
            Optional.empty()));
  }

  @Test
  void recordGoesBackAsItWasToThePartitionThatRemembersIt() throws Exception {
    Replay.Result result = replay.run(TOPICS, ALL, false);

    assertThat(result).isEqualTo(new Replay.Result(2, 2));
    ProducerRecord<byte[], byte[]> first = producer.history().get(0);
    assertThat(first.topic()).as("nobody but the relay writes A's").isEqualTo("replays");
    assertThat(first.partition()).isEqualTo(3);
    assertThat(first.key()).isEqualTo((FIRST + " orders.events-3@77").getBytes(UTF_8));
    assertThat(first.headers().lastHeader("replay-key").value()).isEqualTo("k".getBytes(UTF_8));
    assertThat(first.headers().lastHeader("replay-letter").value())
        .isEqualTo("letters-0@0".getBytes(UTF_8));
    assertThat(first.value()).isEqualTo("v".getBytes(UTF_8));
    assertThat(first.timestamp()).as("today's").isNull();
    assertThat(first.headers().toArray())
        .extracting(header -> header.key())
        .containsExactly("ce_id", "ce_sequence", "replay-key", "replay-timestamp", "replay-letter");
    assertThat(first.headers().lastHeader("replay-timestamp").value())
        .isEqualTo("1234".getBytes(UTF_8));
    assertThat(said.toString())
        .contains("replays " + FIRST + " UNDECODABLE from orders.events-3@77");
  }

  @Test
  void recordIsReplayedOnceHoweverManyLettersItHasAndAnotherOfTheEventTooIs() throws Exception {
    consumer.schedulePollTask(
        () -> {
          letter(FIRST, Reason.UNPROCESSABLE, "orders.events", 3);
          letter(FIRST, Reason.UNDECODABLE, "orders.events", 4);
        });
    consumer.updateEndOffsets(Map.of(LETTERS, 6L));

    replay.run(TOPICS, new Selection(Set.of(UUID.fromString(FIRST)), Set.of(), 10), false);

    assertThat(producer.history()).extracting(ProducerRecord::partition).containsExactly(3, 4);
  }

  @Test
  void recordOfAWrongPartitionGoesToItsKeys() throws Exception {
    consumer.schedulePollTask(
        () ->
            letter(
                "01a20d6d-5a00-7000-8000-000000000005",
                Reason.WRONG_PARTITION,
                "orders.events",
                1));
    consumer.updateEndOffsets(Map.of(LETTERS, 5L));

    replay.run(TOPICS, new Selection(Set.of(), Set.of(Reason.WRONG_PARTITION), 10), false);

    assertThat(producer.history())
        .extracting(ProducerRecord::partition)
        .containsExactly(BuiltInPartitioner.partitionForKey("k".getBytes(UTF_8), 6));
  }

  @Test
  void topicThatIsNotThereIsRefusedByName() {
    Replay.Topics missing = new Replay.Topics("letters", Set.of(), "nowhere");

    assertThatThrownBy(() -> replay.run(missing, ALL, false))
        .isInstanceOf(UnknownTopicOrPartitionException.class)
        .hasMessageContaining("topic nowhere does not exist");
  }

  @Test
  void dryRunOnlySaysWhatItWouldDo() throws Exception {
    replay.run(TOPICS, ALL, true);

    assertThat(producer.history()).isEmpty();
    assertThat(said.toString()).contains("would replay " + FIRST);
  }

  @Test
  void limitAndEventIdNarrowItDown() throws Exception {
    assertThat(
            replay
                .run(TOPICS, new Selection(Set.of(UUID.fromString(FIRST)), Set.of(), 10), false)
                .replayed())
        .isEqualTo(1);
  }

  @Test
  void noMoreThanTheLimitAreReplayed() throws Exception {
    replay.run(TOPICS, new Selection(Set.of(), Set.of(), 1), false);

    assertThat(producer.history()).hasSize(1);
  }

  @Test
  void letterOfAnEventWhoseIdIsInAnotherHeaderIsReplayedByTheIdOfTheStores() throws Exception {
    String id = "0e4d6f58-2b3e-4c0e-9a57-1c2d3e4f5a6b";
    consumer.schedulePollTask(
        () -> letter(DeadLetterHeaders.EVENT_ID, id, Reason.UNDECODABLE, "orders.events", 5));
    consumer.updateEndOffsets(Map.of(LETTERS, 5L));

    replay.run(TOPICS, new Selection(Set.of(UUID.fromString(id)), Set.of(), 10), false);

    assertThat(producer.history()).extracting(ProducerRecord::partition).containsExactly(5);
    assertThat(producer.history().get(0).headers().lastHeader(DeadLetterHeaders.EVENT_ID)).isNull();
  }

  @Test
  void whatAPersonDidAboutALetterIsNoLetter() throws Exception {
    LetterAction discard =
        new LetterAction(
            LetterAction.Kind.DISCARD,
            new LetterPlace("letters", 0, 0),
            "anna",
            "",
            Instant.ofEpochMilli(0));
    consumer.schedulePollTask(
        () -> {
          ProducerRecord<byte[], byte[]> action = discard.toRecord();
          consumer.addRecord(
              new ConsumerRecord<>(
                  "letters",
                  0,
                  offset++,
                  0,
                  TimestampType.CREATE_TIME,
                  1,
                  1,
                  action.key(),
                  action.value(),
                  action.headers(),
                  Optional.empty()));
        });
    consumer.updateEndOffsets(Map.of(LETTERS, 5L));

    assertThat(replay.run(TOPICS, ALL, false)).isEqualTo(new Replay.Result(2, 2));
  }
}
