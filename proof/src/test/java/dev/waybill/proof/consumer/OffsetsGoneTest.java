package dev.waybill.proof.consumer;

import dev.waybill.consumer.Consumer;
import dev.waybill.orders.OrderEvent;
import dev.waybill.proof.interop.Orders;
import dev.waybill.proof.servers.Servers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** B's committed offsets are gone, or lead nowhere; its stores are not. */
@ExtendWith(Servers.class)
@Timeout(300)
final class OffsetsGoneTest {
  private final OrderEvent placed = Orders.placed();
  private final OrderEvent paid = Orders.paid(placed);
  private ConsumerWorld world;
  private String before;

  /** B applies two events and stops. */
  @BeforeEach
  void start() throws Exception {
    world = new ConsumerWorld(1);
    world.write(placed);
    world.write(paid);
    try (Consumer b = world.start()) {
      world.awaitTotals(b, placed, 2);
      before = world.totals(b, placed);
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void totalsStayWhenTheGroupIsDeleted() throws Exception {
    world.admin.deleteConsumerGroups(List.of(world.group())).all().get();

    try (Consumer b = world.start()) {
      ConsumerWorld.awaitMetrics(
          b,
          "waybill_consumer_records_total{outcome=\"duplicate\"} 2.0",
          "waybill_consumer_deltas_dropped_total 2.0",
          "waybill_consumer_offsets_unusable_total{cause=\"missing\"} 2.0");
      world.awaitTotals(b, placed, before);
      OrderEvent another = Orders.placed();
      world.write(another);
      world.awaitTotals(b, another, 1);
      ConsumerWorld.awaitReadiness(b, "\"ready\"");
    }
  }

  @Test
  void totalsStayWhenOnlyTheOffsetsOfWhatIsAddedAreDeleted() throws Exception {
    TopicPartition deltas = new TopicPartition(world.group() + "-customer-deltas-repartition", 0);
    world.admin.deleteConsumerGroupOffsets(world.group(), Set.of(deltas)).all().get();

    try (Consumer b = world.start()) {
      ConsumerWorld.awaitMetrics(
          b,
          "waybill_consumer_deltas_dropped_total 2.0",
          "waybill_consumer_offsets_unusable_total{cause=\"missing\"} 1.0");
      world.awaitTotals(b, placed, before);
    }
  }

  @Test
  void offsetBehindTheTopicsEndIsSaidAndTheTopicIsReadFromItsBeginning() throws Exception {
    commit(1_000);

    try (Consumer b = world.start()) {
      ConsumerWorld.awaitMetrics(
          b,
          "waybill_consumer_records_total{outcome=\"duplicate\"} 2.0",
          "waybill_consumer_offsets_unusable_total{cause=\"beyond_end\"} 1.0");
      world.awaitTotals(b, placed, before);
    }
  }

  @Test
  void eventsThatWereDeletedBeforeBReadThemAreSaidToBeLost() throws Exception {
    world.write(Orders.placed());
    OrderEvent last = Orders.placed();
    world.write(last);
    world.admin.incrementalAlterConfigs(ConsumerWorld.deletable(world.topic())).all().get();
    world
        .admin
        .deleteRecords(
            Map.of(new TopicPartition(world.topic(), 0), RecordsToDelete.beforeOffset(3)))
        .all()
        .get();

    try (Consumer b = world.start()) {
      world.awaitTotals(b, last, 1);
      ConsumerWorld.awaitMetrics(
          b, "waybill_consumer_offsets_unusable_total{cause=\"before_begin\"} 1.0");
    }
  }

  private void commit(long offset) throws Exception {
    world
        .admin
        .alterConsumerGroupOffsets(
            world.group(),
            Map.of(new TopicPartition(world.topic(), 0), new OffsetAndMetadata(offset)))
        .all()
        .get();
  }
}
