package dev.waybill.consumer.belongings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandingTest {
  private static final Uuid ID = Uuid.randomUuid();

  private final Standing standing = new Standing(Names.OWN, 6);

  @Test
  void topicsThatStayAsTheyAreAreNoTrouble() {
    assertThat(judge(Map.of("events", topic("events", ID, 6)))).isEmpty();
    assertThat(judge(Names.all(topic("events", ID, 6), ID))).isEmpty();
    assertThat(judge(Names.all(topic("events", ID, 6), ID))).isEmpty();
  }

  @Test
  void onlyAMultipleOfThePartitionsLeavesOrdersWhereTheyAre() {
    assertThat(fatal(12)).isFalse();
    assertThat(fatal(18)).isFalse();
    assertThat(fatal(7)).isTrue();
    assertThat(fatal(9)).isTrue();
    assertThat(fatal(3)).isTrue();
  }

  @Test
  void topicUnderWhoseNameIsAnotherOneIsFatalAndOneThatIsAwayIsNot() {
    assertThat(judge(Map.of("events", topic("events", ID, 6)))).isEmpty();

    assertThat(judge(Map.of()))
        .hasValueSatisfying(
            trouble -> {
              assertThat(trouble.fatal()).isFalse();
              assertThat(trouble.what()).contains("events", "not there any more");
            });
    assertThat(judge(Map.of("events", topic("events", Uuid.randomUuid(), 6))))
        .hasValueSatisfying(trouble -> assertThat(trouble.fatal()).isTrue());
  }

  @Test
  void internalTopicThatWasThereAndIsGoneOrAnotherIsFatal() {
    assertThat(judge(Names.all(topic("events", ID, 6), ID))).isEmpty();

    assertThat(judge(Map.of("events", topic("events", ID, 6))))
        .hasValueSatisfying(
            trouble -> {
              assertThat(trouble.fatal()).isTrue();
              assertThat(trouble.what()).contains("internal topic b-", "was deleted");
            });
    assertThat(judge(Names.all(topic("events", ID, 6), Uuid.randomUuid())))
        .hasValueSatisfying(trouble -> assertThat(trouble.fatal()).isTrue());
  }

  @Test
  void internalTopicsAreNotMissedBeforeSomethingWasCommitted() {
    Map<String, TopicDescription> onlyEvents = Map.of("events", topic("events", ID, 6));

    assertThat(standing.judge(onlyEvents, false)).isEmpty();
    assertThat(standing.judge(onlyEvents, true))
        .hasValueSatisfying(trouble -> assertThat(trouble.fatal()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {Names.REPLAYS, Names.LETTERS})
  void ownTopicThatIsGoneOrAnotherIsFatalAndNamed(String name) {
    TopicDescription events = topic("events", ID, 6);
    assertThat(judge(Map.of("events", events, name, topic(name, ID, 6)))).isEmpty();

    assertThat(judge(Map.of("events", events)))
        .hasValueSatisfying(trouble -> assertThat(trouble.what()).contains(name, "was deleted"))
        .hasValueSatisfying(trouble -> assertThat(trouble.fatal()).isTrue());
    assertThat(judge(Map.of("events", events, name, topic(name, Uuid.randomUuid(), 6))))
        .hasValueSatisfying(trouble -> assertThat(trouble.fatal()).isTrue());
  }

  /** Kafka Streams would advise a reset, which deletes the stores. */
  @Test
  void replaysNeedThePartitionsOfTheEvents() {
    TopicDescription events = topic("events", ID, 6);
    assertThat(judge(Map.of("events", events, Names.REPLAYS, topic(Names.REPLAYS, ID, 12))))
        .hasValueSatisfying(
            trouble -> assertThat(trouble.what()).contains("topic replays has 12 partitions"))
        .hasValueSatisfying(trouble -> assertThat(trouble.fatal()).isTrue());
  }

  @Test
  void deadLettersMayHaveAnyPartitions() {
    TopicDescription events = topic("events", ID, 6);
    assertThat(judge(Map.of("events", events, Names.LETTERS, topic(Names.LETTERS, ID, 12))))
        .isEmpty();
  }

  private Optional<Standing.Trouble> judge(Map<String, TopicDescription> topics) {
    return standing.judge(topics, false);
  }

  private boolean fatal(int partitions) {
    Standing.Trouble trouble =
        judge(Map.of("events", topic("events", ID, partitions))).orElseThrow();
    assertThat(trouble.what()).contains("has " + partitions + " partitions and had 6");
    return trouble.fatal();
  }

  static TopicDescription topic(String name, Uuid id, int partitions) {
    Node node = new Node(1, "b-1", 9092);
    List<TopicPartitionInfo> infos = new ArrayList<>();
    IntStream.range(0, partitions)
        .forEach(at -> infos.add(new TopicPartitionInfo(at, node, List.of(node), List.of(node))));
    return new TopicDescription(name, false, infos, null, id);
  }
}
