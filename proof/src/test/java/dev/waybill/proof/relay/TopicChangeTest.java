package dev.waybill.proof.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.proof.servers.Servers;
import dev.waybill.relay.Relay;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody changes the topic while the relay publishes to it. */
@ExtendWith(Servers.class)
class TopicChangeTest {
  private static final List<String> PARCELS =
      IntStream.range(0, 12).mapToObj(i -> "parcel-" + i).toList();

  private final RelayWorld world = new RelayWorld(1);
  private final Admin admin =
      Admin.create(Map.of("bootstrap.servers", Servers.kafka().bootstrapServers()));

  @AfterEach
  void closeAdmin() {
    admin.close();
  }

  @Test
  void partitionsThatAreAddedGetNoRecordAndNewTopicsAreTheWayOut() throws Exception {
    try (Events events = world.events()) {
      try (Relay relay = world.start()) {
        events.commitAll(PARCELS, 1, 2);
        world.assertPublishedOnceInOrder(PARCELS, 2);

        admin.createPartitions(Map.of(world.topic(), NewPartitions.increaseTo(4))).all().get();
        events.commitAll(PARCELS, 3, 4);

        RelayWorld.awaitReadiness(relay, "topic changed:", "had 2 partitions and has 4");
        events.commitAll(PARCELS, 5, 5);
      }
      try (Relay relay = world.start()) {
        RelayWorld.awaitReadiness(relay, "topic changed:", "had 2 partitions and has 4");
        assertThat(RelayWorld.get(relay, "/metrics"))
            .contains("waybill_relay_trouble{cause=\"topic_changed\",lane=\"0\"} 1.0");
      }
      assertThat(writtenTo(2, 3)).isZero();
      assertThat(RelayWorld.versions(world.records()).values())
          .allSatisfy(versions -> assertThat(versions).isIn(List.of(1, 2), List.of(1, 2, 3, 4)))
          .allSatisfy(versions -> assertThat(versions).doesNotContain(5));

      try (Relay relay = world.withNewTopics(4).start()) {
        world.assertPublishedOnceInOrder(PARCELS, 5);
        assertThat(writtenTo(2, 3)).isPositive();
        RelayWorld.awaitReadiness(relay, "\"ready\"");
      }
    }
  }

  @Test
  void topicThatWouldDeleteEventsStopsTheRelayUntilItIsPutRight() throws Exception {
    try (Events events = world.events();
        Relay relay = world.start()) {
      events.commitAll(PARCELS, 1, 1);
      world.assertPublishedOnceInOrder(PARCELS, 1);

      setCleanupPolicy("delete");
      RelayWorld.awaitReadiness(relay, "topic changed:", "cleanup.policy=delete");
      events.commitAll(PARCELS, 2, 2);
      setCleanupPolicy("compact");

      world.assertPublishedOnceInOrder(PARCELS, 2);
      RelayWorld.awaitReadiness(relay, "\"ready\"");
    }
  }

  @Test
  void topicThatIsMadeAgainIsAnotherTopicAlsoAfterARestart() throws Exception {
    try (Events events = world.events()) {
      try (Relay relay = world.start()) {
        events.commitAll(PARCELS, 1, 1);
        world.assertPublishedOnceInOrder(PARCELS, 1);

        admin.deleteTopics(List.of(world.topic())).all().get();
        RelayWorld.awaitReadiness(relay, "topic " + world.topic() + " was deleted");
        makeTopicAgain();
        RelayWorld.awaitReadiness(relay, "was deleted and made again");
      }
      events.commitAll(PARCELS, 2, 2);
      try (Relay relay = world.start()) {
        RelayWorld.awaitReadiness(relay, "topic changed:", "was deleted and made again");
      }
      assertThat(world.records()).isEmpty();
    }
  }

  private void makeTopicAgain() throws Exception {
    NewTopic topic =
        new NewTopic(world.topic(), 2, (short) 1)
            .configs(Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", "604800000"));
    admin.createTopics(List.of(topic)).all().get();
  }

  private void setCleanupPolicy(String policy) throws Exception {
    Collection<AlterConfigOp> change =
        List.of(
            new AlterConfigOp(new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET));
    admin
        .incrementalAlterConfigs(
            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, world.topic()), change))
        .all()
        .get();
  }

  private long writtenTo(int... partitions) throws Exception {
    long written = 0;
    for (int partition : partitions) {
      TopicPartition one = new TopicPartition(world.topic(), partition);
      written +=
          admin.listOffsets(Map.of(one, OffsetSpec.latest())).partitionResult(one).get().offset();
    }
    return written;
  }
}
