package dev.waybill.proof.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.consumer.Consumer;
import dev.waybill.orders.OrderEvent;
import dev.waybill.proof.interop.Orders;
import dev.waybill.proof.servers.Servers;
import dev.waybill.runtime.BadSettingsException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody changes the topics that B stands on. */
@ExtendWith(Servers.class)
@Timeout(300)
final class TopicsChangedTest {
  private final OrderEvent placed = Orders.placed();
  private ConsumerWorld world;

  @BeforeEach
  void create() throws Exception {
    world = new ConsumerWorld(2);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void bGoesOnWithItsPartitionsWhenTheyAreDoubledAndDoesNotStartWithTwiceAsMany() throws Exception {
    try (Consumer b = started()) {
      partitions(4);

      ConsumerWorld.awaitReadiness(
          b, world.topic() + " has 4 partitions and had 2", "docs/operations.md");
      OrderEvent inTheOld = placedIn(1);
      OrderEvent inTheNew = placedIn(2);
      world.write(inTheNew);
      world.write(inTheOld);
      world.awaitTotals(b, inTheOld, 1);
      assertThat(b.health().reasonsNotLive()).isEmpty();
      ConsumerWorld.awaitReadiness(b, "the oldest event that is not applied");
    }

    assertThatThrownBy(world::start)
        .isInstanceOf(BadSettingsException.class)
        .hasMessageContaining(world.topic() + " has 4 partitions, and what B keeps under")
        .hasMessageContaining("is for 2 (" + world.group() + "-customer-deltas-added-changelog")
        .hasMessageContaining("Do not reset B")
        .hasMessageContaining("More partitions");
  }

  @Test
  void bEndsWhenOrdersMoveAmongItsPartitions() throws Exception {
    try (Consumer b = started()) {
      partitions(3);

      ConsumerWorld.awaitNotLive(b, world.topic() + " has 3 partitions and had 2", "cannot go on");
    }
  }

  @Test
  void topicThatIsMadeAgainEndsBWhichThenReadsItFromItsBeginning() throws Exception {
    try (Consumer b = started()) {
      world.admin.deleteTopics(List.of(world.topic())).all().get();
      world.createTopic(world.topic(), 2);

      ConsumerWorld.awaitNotLive(b, world.topic() + " was deleted and made again");
    }
    OrderEvent first = Orders.placed();
    world.write(first);
    world.write(Orders.paid(placed));

    try (Consumer b = world.start()) {
      world.awaitTotals(b, first, 1);
      world.awaitTotals(b, placed, 2);
    }
  }

  @Test
  void internalTopicThatIsDeletedEndsBWhichDoesNotStartWithoutIt() throws Exception {
    String changelog = world.group() + "-orders-changelog";
    try (Consumer b = started()) {
      world.admin.deleteTopics(List.of(changelog)).all().get();

      ConsumerWorld.awaitNotLive(b, changelog + " was deleted");
    }

    assertThatThrownBy(world::start)
        .isInstanceOf(BadSettingsException.class)
        .hasMessageContaining("internal topics of B are not there: " + changelog)
        .hasMessageContaining("Building B anew");
  }

  @Test
  void storesOfAnotherKafkaAreNotTakenForThisOnes() throws Exception {
    try (Consumer b = started()) {
      assertThat(b.httpPort()).isPositive();
    }
    world.admin.deleteConsumerGroups(List.of(world.group())).all().get();
    List<String> internal =
        world.admin.listTopics().names().get().stream()
            .filter(topic -> topic.startsWith(world.group() + "-"))
            .toList();
    world.admin.deleteTopics(internal).all().get();

    assertThatThrownBy(world::start)
        .isInstanceOf(BadSettingsException.class)
        .hasMessageContaining(world.stateDirectory() + "/" + world.group() + " has stores");
  }

  @Test
  void storesThatAreEmptyWhereBHasReadAreSaid() throws Exception {
    String changelog = world.group() + "-orders-versions-changelog";
    started().close();
    world.admin.deleteTopics(List.of(changelog)).all().get();
    world.createTopic(changelog, 2);

    try (Consumer b = world.start()) {
      ConsumerWorld.awaitMetrics(
          b, "waybill_consumer_offsets_unusable_total{cause=\"forgotten\"} 1.0");
    }
  }

  /** B, which has applied an event. */
  private Consumer started() throws Exception {
    world.write(placed);
    Consumer b = world.start();
    world.awaitTotals(b, placed, 1);
    return b;
  }

  private void partitions(int number) throws Exception {
    world
        .admin
        .createPartitions(Map.of(world.topic(), NewPartitions.increaseTo(number)))
        .all()
        .get();
  }

  /** An order that belongs there when there are four. */
  private static OrderEvent placedIn(int partition) {
    OrderEvent event = Orders.placed();
    byte[] key = event.getOrder().getOrderId().toString().getBytes(UTF_8);
    return BuiltInPartitioner.partitionForKey(key, 4) == partition ? event : placedIn(partition);
  }
}
