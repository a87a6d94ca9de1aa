package dev.waybill.proof.consumer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waybill.proof.servers.Servers;
import dev.waybill.runtime.BadSettingsException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A group of B's name that is somebody else's. */
@ExtendWith(Servers.class)
@Timeout(120)
final class GroupClashTest {
  private ConsumerWorld world;

  @BeforeEach
  void start() throws Exception {
    world = new ConsumerWorld(1);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void groupWhoseMembersAreNotBsIsRefusedWithTheirNames() {
    try (Consumer<byte[], byte[]> other = consumer("classic")) {
      join(other);

      assertRefused("has members that are not B's: somebody", "assignor range");
    }
  }

  @Test
  void groupOfKafkasNewProtocolIsRefused() {
    try (Consumer<byte[], byte[]> other = consumer("consumer")) {
      join(other);

      assertRefused("has members that are not B's: somebody");
    }
  }

  @Test
  void groupThatHasReadSomethingElseIsRefused() throws Exception {
    try (Consumer<byte[], byte[]> other = consumer("classic")) {
      other.commitSync(Map.of(new TopicPartition(world.topic(), 0), new OffsetAndMetadata(0)));
      TopicPartition elsewhere = new TopicPartition(Servers.newName(), 0);
      world.admin.createTopics(List.of(new NewTopic(elsewhere.topic(), 1, (short) 1))).all().get();
      other.commitSync(Map.of(elsewhere, new OffsetAndMetadata(0)));

      assertRefused("has read topics that B does not: " + elsewhere.topic());
    }
  }

  @Test
  void shareGroupIsRefusedAlsoWithoutMembers() {
    try (ShareConsumer<byte[], byte[]> other =
        new KafkaShareConsumer<>(
            config(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      other.subscribe(List.of(world.topic()));
      await()
          .atMost(Servers.LIMIT)
          .until(
              () -> {
                other.poll(Duration.ofMillis(50));
                return world.admin.listGroups().all().get().stream()
                    .anyMatch(
                        group ->
                            group.groupId().equals(world.group())
                                && group.groupState().equals(Optional.of(GroupState.STABLE)));
              });
    }

    assertRefused("is not B's, but of type Share");
  }

  private void join(Consumer<byte[], byte[]> other) {
    other.subscribe(List.of(world.topic()));
    await()
        .atMost(Servers.LIMIT)
        .until(
            () -> {
              other.poll(Duration.ofMillis(50));
              return !other.assignment().isEmpty();
            });
  }

  private void assertRefused(String... texts) {
    assertThatThrownBy(world::start)
        .isInstanceOf(BadSettingsException.class)
        .message()
        .contains("group " + world.group())
        .contains("give B a CONSUMER_APPLICATION_ID")
        .contains(texts);
  }

  private Consumer<byte[], byte[]> consumer(String protocol) {
    Map<String, Object> config = new HashMap<>(config());
    config.put("group.protocol", protocol);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Map<String, Object> config() {
    return Map.of(
        "bootstrap.servers", Servers.kafka().bootstrapServers(),
        "group.id", world.group(),
        "client.id", "somebody");
  }
}
