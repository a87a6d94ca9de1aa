package dev.waybill.runtime.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;

class FoundTopicTest {
  private static final Node ONE = new Node(1, "b-1", 9092);
  private static final Node TWO = new Node(2, "b-2", 9092);

  @Test
  void tellsItsPartitionsAndTheFewestReplicasOfOne() {
    FoundTopic topic = topic(partition(0, ONE, TWO), partition(1, ONE));

    assertThat(topic.name()).isEqualTo("parcels");
    assertThat(topic.partitions()).isEqualTo(2);
    assertThat(topic.replicas()).isEqualTo(1);
    assertThat(topic().replicas()).isZero();
  }

  @Test
  void settingIsReadAsTextOrNumber() {
    assertThat(topic().value("cleanup.policy")).isEqualTo("delete");
    assertThat(topic().number("retention.ms")).isEqualTo(604_800_000L);
  }

  @Test
  void remedyIsACommandThatCanBeCopied() {
    assertThat(topic().remedy("cleanup.policy", "compact"))
        .isEqualTo(
            " put it right with kafka-configs.sh --alter --entity-type topics"
                + " --entity-name parcels --add-config cleanup.policy=compact");
  }

  private static FoundTopic topic(TopicPartitionInfo... partitions) {
    return new FoundTopic(
        new TopicDescription("parcels", false, List.of(partitions)),
        new Config(
            List.of(
                new ConfigEntry("cleanup.policy", "delete"),
                new ConfigEntry("retention.ms", "604800000"))));
  }

  private static TopicPartitionInfo partition(int number, Node... replicas) {
    return new TopicPartitionInfo(number, ONE, List.of(replicas), List.of(replicas));
  }
}
