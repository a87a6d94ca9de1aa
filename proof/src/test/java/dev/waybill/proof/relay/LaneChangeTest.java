package dev.waybill.proof.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.proof.servers.Servers;
import dev.waybill.relay.Relay;
import dev.waybill.relay.cursor.CursorRecords;
import dev.waybill.relay.cursor.Layout;
import dev.waybill.relay.cursor.PublishedTopic;
import dev.waybill.relay.lane.LaneChange;
import dev.waybill.relay.lane.Lanes;
import dev.waybill.relay.topic.RelayTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Other numbers of lanes, while relays run, writers write and processes are killed. */
@ExtendWith(Servers.class)
@Timeout(300)
class LaneChangeTest {
  private static final List<String> PARCELS =
      IntStream.range(0, 24).mapToObj(i -> "parcel-" + i).toList();

  private final RelayWorld world = new RelayWorld(1);

  @Test
  void lanesChangeUnderLoadAndNothingIsLostDoubledOrReordered() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger versions = new AtomicInteger();
    Owned first = new Owned();
    Owned second = new Owned();
    try (Relay one = world.start(first);
        Relay two = world.start(second)) {
      CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(enough, versions));
      for (int lanes : new int[] {4, 2, 7, 1}) {
        int before = versions.get();
        await("a join that is not done is waited for")
            .atMost(RelayWorld.LIMIT)
            .until(() -> world.changeLanes(lanes) == 0);
        await()
            .atMost(RelayWorld.LIMIT)
            .until(() -> first.lanes.size() + second.lanes.size() == lanes);
        await().atMost(RelayWorld.LIMIT).until(() -> versions.get() > before + 5);
      }
      enough.set(true);
      writing.join();

      world.assertPublishedOnceInOrder(PARCELS, versions.get());
      RelayWorld.awaitReadiness(one, "\"ready\"");
      RelayWorld.awaitReadiness(two, "\"ready\"");
      for (Relay each : List.of(one, two)) {
        await("a lane that there is no more is forgotten")
            .atMost(RelayWorld.LIMIT)
            .untilAsserted(
                () -> assertThat(RelayWorld.get(each, "/metrics")).doesNotContain("lane=\"3\""));
      }
    }
  }

  private void write(AtomicBoolean enough, AtomicInteger versions) {
    try (Events events = world.events()) {
      while (!enough.get()) {
        int version = versions.get() + 1;
        events.commitAll(PARCELS, version, version);
        versions.set(version);
      }
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void laneWithoutEventsLearnsOfAChange() throws Exception {
    try (Events events = world.events();
        Relay relay = world.start()) {
      events.commitAll(PARCELS, 1, 1);
      world.assertPublishedOnceInOrder(PARCELS, 1);
      List<String> upper = ofSlotsFrom(world, 128);

      assertThat(world.changeLanes(2)).isZero();
      RelayWorld.awaitReadiness(relay, "\"ready\"");
      events.commitAll(upper, 2, 2);
      world.awaitRecords(PARCELS.size() + upper.size());

      assertThat(world.changeLanes(1)).isZero();
      events.commitAll(upper, 3, 3);
      assertThat(world.awaitRecords(PARCELS.size() + 2 * upper.size()))
          .hasSize(PARCELS.size() + 2 * upper.size());
    }
  }

  @Test
  void laneWithoutEventsCompletesAChangeThatNobodyElseDoes() throws Exception {
    RelayWorld four = new RelayWorld(4);
    try (Events events = four.events();
        Relay relay = four.start()) {
      events.commitAll(PARCELS, 1, 1);
      four.assertPublishedOnceInOrder(PARCELS, 1);
      List<String> others = ofSlotsFrom(four, 64);

      Layout begun = new LaneChange(kafka(four)).begin(1);

      assertThat(begun.before()).isNotNull();
      events.commitAll(others, 2, 2);
      assertThat(four.awaitRecords(PARCELS.size() + others.size()))
          .hasSize(PARCELS.size() + others.size());
      RelayWorld.awaitReadiness(relay, "\"ready\"");
    }
  }

  private static List<String> ofSlotsFrom(RelayWorld world, int slot) {
    String ids =
        world.value(
            "SELECT string_agg(DISTINCT aggregate_id, ' ') FROM outbox_event WHERE slot >= "
                + slot);
    return List.of(ids.split(" ", -1));
  }

  @Test
  void aggregatesThatBeginToWaitWhileLanesAreJoinedAreTold() throws Exception {
    RelayWorld two = new RelayWorld(2);
    try (Events events = two.events()) {
      try (Relay relay = two.start()) {
        events.commitAll(PARCELS, 1, 1);
        two.assertPublishedOnceInOrder(PARCELS, 1);
        RelayWorld.awaitReadiness(relay, "\"ready\"");
      }
      assertThat(two.changeLanes(1)).isZero();
      UUID broken = events.appendBroken("parcel-3", 2);
      events.commitAll(PARCELS, 3, 3);
      try (Relay relay = two.start()) {
        two.awaitRecords(2 * PARCELS.size() - 1);
        RelayWorld.awaitReadiness(relay, "parcel-3", broken.toString());
      }
    }
  }

  @Test
  void commandThatIsKilledAtAnyMomentIsRunAgain() throws Exception {
    try (Events events = world.events();
        Relay relay = world.start()) {
      int version = 0;
      for (int kill = 0; kill < 4; kill++) {
        try (Child command = world.startLanesCommand(kill % 2 == 0 ? 4 : 2)) {
          command.killAfter(Duration.ofMillis(1_500 + 500L * kill));
        }
        version++;
        events.commitAll(PARCELS, version, version);
      }
      await().atMost(RelayWorld.LIMIT).until(() -> world.changeLanes(3) == 0);
      events.commitAll(PARCELS, version + 1, version + 1);

      world.assertPublishedOnceInOrder(PARCELS, version + 1);
      RelayWorld.awaitReadiness(relay, "\"ready\"");
    }
  }

  @Test
  void moreLanesThanTheTopicHasPartitionsAreRefusedWithTheCommand() throws Exception {
    try (Relay relay = world.start()) {
      assertThat(relay.httpPort()).isPositive();
      assertThat(world.changeLanes(9)).isEqualTo(1);
      assertThat(world.changeLanes(0)).isEqualTo(2);
    }
  }

  @Test
  void lanesOfAVersionWithoutSlotsAreJoined() throws Exception {
    try (Relay relay = world.start()) {
      assertThat(relay.httpPort()).isPositive(); // which makes the topics
    }
    try (Events events = world.events()) {
      events.commitAll(PARCELS, 1, 2);
      String afterTwo = world.value("SELECT pg_current_snapshot()::text");
      events.commitAll(PARCELS, 3, 3);
      String afterThree = world.value("SELECT pg_current_snapshot()::text");
      events.commitAll(PARCELS, 4, 4);
      world.value("WITH old AS (UPDATE outbox_event SET slot = slot % 2 RETURNING 1) SELECT 1");
      events.commitAll(PARCELS, 5, 6);
      leave(afterTwo, afterThree);

      List<String> late =
          PARCELS.stream()
              .filter(
                  id ->
                      world
                          .value(
                              "SELECT slot FROM outbox_event WHERE aggregate_version = 4"
                                  + " AND aggregate_id = '"
                                  + id
                                  + "'")
                          .equals("0"))
              .toList();
      try (Relay relay = world.start()) {
        RelayWorld.awaitReadiness(relay, "\"ready\"");
        Map<String, List<Integer>> published =
            RelayWorld.versions(
                world.awaitRecords(late.size() * 4 + (PARCELS.size() - late.size()) * 3));
        for (String id : PARCELS) {
          assertThat(published.get(id))
              .as(id)
              .isEqualTo(late.contains(id) ? List.of(3, 4, 5, 6) : List.of(4, 5, 6));
        }
        events.commitAll(PARCELS, 7, 7);
        world.awaitRecords(late.size() * 5 + (PARCELS.size() - late.size()) * 4);
        assertThat(world.changeLanes(4)).isZero();
      }
    }
  }

  /** The cursors of two lanes as version 1 wrote them, and nothing of a layout. */
  private void leave(String seenByFirst, String seenBySecond) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", Servers.kafka().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      write(producer, 0, CursorRecords.layoutKey(world.name()), null);
      write(producer, 0, CursorRecords.key(world.name(), 0, 0), old(seenByFirst));
      write(producer, 1, CursorRecords.key(world.name(), 1, 0), old(seenBySecond));
    }
  }

  private void write(
      KafkaProducer<byte[], byte[]> producer, int partition, byte[] key, byte @Nullable [] value)
      throws Exception {
    producer.send(new ProducerRecord<>(world.cursorTopic(), partition, key, value)).get();
  }

  private byte[] old(String seen) {
    return """
        {"v":1,"systemIdentifier":"%s","timeline":1,"seen":"%s","readAt":"%s"}
        """
        .formatted(
            world.value("SELECT system_identifier FROM pg_control_system()"), seen, Instant.now())
        .getBytes(UTF_8);
  }

  private static Lanes.KafkaSide kafka(RelayWorld world) throws Exception {
    Map<String, Object> config = Map.of("bootstrap.servers", Servers.kafka().bootstrapServers());
    try (Admin admin = Admin.create(config)) {
      TopicDescription topic =
          admin.describeTopics(List.of(world.topic())).allTopicNames().get().values().stream()
              .findFirst()
              .orElseThrow();
      return new Lanes.KafkaSide(
          world.name(),
          null,
          Duration.ofSeconds(6),
          world.cursorTopic(),
          config,
          new RelayTopic(
              new PublishedTopic(
                  world.topic(), topic.topicId().toString(), topic.partitions().size()),
              1_048_588),
          Optional::empty);
    }
  }
}
