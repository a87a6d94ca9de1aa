package dev.waybill.relay.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.runtime.topics.FoundTopic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;

class TopicRulesTest {
  private static final TopicRules EVENTS = TopicRules.events("events", 6, -1, Duration.ofDays(7));
  private static final TopicRules LETTERS = TopicRules.deadLetters("letters", -1);
  private static final TopicRules CURSORS = TopicRules.cursors("cursors", -1);

  @Test
  void topicAsItIsCreatedIsAccepted() {
    assertThat(EVENTS.refusals(topic(EVENTS, 12, 3, EVENTS.settings()))).isEmpty();
    assertThat(CURSORS.refusals(topic(CURSORS, 4, 3, CURSORS.settings()))).isEmpty();
    assertThat(LETTERS.refusals(topic(LETTERS, 1, 3, LETTERS.settings()))).isEmpty();
    assertThat(EVENTS.warnings(topic(EVENTS, 12, 3, EVENTS.settings()))).isEmpty();
  }

  @Test
  void deadLettersAreNeitherCompactedNorDeletedByAge() {
    assertThat(LETTERS.refusals(topic(LETTERS, 1, 3, Map.of("retention.ms", "604800000"))))
        .satisfiesExactly(
            cleanup ->
                assertThat(cleanup)
                    .contains("cleanup.policy=compact", "--add-config cleanup.policy=delete"),
            age ->
                assertThat(age).contains("retention.ms=604800000", "--add-config retention.ms=-1"));
  }

  @Test
  void refusalsNameEverythingThatIsWrongAndTheCommand() {
    List<String> refusals =
        EVENTS.refusals(
            topic(EVENTS, 6, 1, Map.of("cleanup.policy", "delete", "min.compaction.lag.ms", "0")));

    assertThat(refusals)
        .satisfiesExactly(
            cleanup ->
                assertThat(cleanup)
                    .contains("cleanup.policy=delete")
                    .contains(
                        "kafka-configs.sh --alter --entity-type topics --entity-name events"
                            + " --add-config cleanup.policy=compact"),
            lag ->
                assertThat(lag)
                    .contains("min.compaction.lag.ms=0")
                    .contains("--add-config min.compaction.lag.ms=604800000"));
  }

  @Test
  void compactedAndDeletedIsRefusedToo() {
    assertThat(EVENTS.refusals(topic(EVENTS, 6, 3, Map.of("cleanup.policy", "compact,delete"))))
        .hasSize(1);
  }

  @Test
  void cursorsMayHaveAnyNumberOfPartitions() {
    assertThat(CURSORS.refusals(topic(CURSORS, 3, 3, Map.of()))).isEmpty();
    assertThat(CURSORS.refusals(topic(CURSORS, 50, 3, Map.of()))).isEmpty();
  }

  @Test
  void warnsOfWhatABrokerCouldTakeWithIt() {
    assertThat(EVENTS.warnings(topic(EVENTS, 6, 1, Map.of())))
        .singleElement()
        .asString()
        .contains("one replica");
    assertThat(EVENTS.warnings(topic(EVENTS, 6, 3, Map.of("min.insync.replicas", "1"))))
        .singleElement()
        .asString()
        .contains("--add-config min.insync.replicas=2");
  }

  private static FoundTopic topic(
      TopicRules rules, int partitions, int replicas, Map<String, String> changes) {
    List<Node> nodes = IntStream.range(0, replicas).mapToObj(id -> new Node(id, "b", 1)).toList();
    return new FoundTopic(
        new TopicDescription(
            rules.name(),
            false,
            IntStream.range(0, partitions)
                .mapToObj(number -> new TopicPartitionInfo(number, nodes.get(0), nodes, nodes))
                .toList()),
        config(changes));
  }

  private static Config config(Map<String, String> changes) {
    Map<String, String> values = new HashMap<>();
    values.put("cleanup.policy", "compact");
    values.put("min.compaction.lag.ms", "604800000");
    values.put("min.insync.replicas", "2");
    values.put("retention.ms", "-1");
    values.put("retention.bytes", "-1");
    values.putAll(changes);
    return new Config(
        values.entrySet().stream()
            .map(entry -> new ConfigEntry(entry.getKey(), entry.getValue()))
            .toList());
  }
}
