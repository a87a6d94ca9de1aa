package dev.waybill.consumer.http;

import dev.waybill.consumer.orders.CustomerTotals;
import dev.waybill.consumer.orders.OrderState;
import dev.waybill.deduplication.AggregateVersions;
import dev.waybill.deduplication.RememberedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/**
 * B's stores as this instance sees them. What it reads may belong to a transaction that is not
 * committed yet and, if that fails, is undone; such a transaction is a tenth of a second old at
 * most. Every method throws {@link NotAvailableException} while stores cannot be read. Thread-safe.
 */
interface StoresView {

  /** Where the order is kept, whether or not it exists. */
  Place placeOfOrder(UUID orderId);

  /** Where the customer's totals are kept, whether or not there are any. */
  Place placeOfCustomer(UUID customerId);

  /** The order, if there is one in this partition, which this instance must keep. */
  Optional<OrderState> order(UUID orderId, int partition);

  /** The totals, if there are any in this partition, which this instance must keep. */
  Optional<CustomerTotals> customer(UUID customerId, int partition);

  /**
   * What is remembered of the event in these partitions, which this instance must keep. A copy that
   * went astray may be a dead letter in one and the event applied in another: then that.
   */
  Optional<RememberedEvent> event(UUID eventId, Set<Integer> partitions);

  /** Where what is known of the aggregate's versions is kept, whether or not there is anything. */
  Place placeOfAggregate(byte[] key);

  /** What is known of the aggregate's versions in this partition, which this instance must keep. */
  Optional<AggregateVersions> aggregate(byte[] key, int partition);

  /**
   * Goes through the events that took effect in this partition, which this instance must keep, and
   * whose ids are of a time.
   *
   * @param each says whether to go on
   */
  void applied(int partition, Instant from, Instant to, Predicate<UUID> each);

  /** The instances and their partitions of the topic, those included that have none. */
  List<Instance> instances();

  /** One of B's processes. */
  record Instance(HostInfo host, Set<Integer> partitions, boolean self) {}

  /** The orders of this instance's partitions, one partition after the other, by id. */
  OrdersPage orders(@Nullable Position after, int limit);

  /** Which instance keeps which partitions of the topic: all of them, as they were assigned. */
  Keepers keepers();

  /**
   * One assignment.
   *
   * @param here the partitions of this instance
   * @param others those of the other instances that have any
   */
  record Keepers(Set<Integer> here, Map<HostInfo, Set<Integer>> others) {}

  /** A place in the listing of orders. */
  record Position(int partition, String orderId) {
    /** The position in this text; empty when it is none. */
    static Optional<Position> parse(String text) {
      int colon = text.indexOf(':');
      if (colon < 1 || colon > 9 || !text.chars().limit(colon).allMatch(Character::isDigit)) {
        return Optional.empty();
      }
      return Optional.of(
          new Position(Integer.parseInt(text.substring(0, colon)), text.substring(colon + 1)));
    }

    @Override
    public String toString() {
      return partition + ":" + orderId;
    }
  }

  /**
   * Some of the orders.
   *
   * @param next where the next page begins; null when this is the last
   * @param partitions of the topic that this instance has now
   */
  record OrdersPage(List<OrderState> orders, @Nullable Position next, List<Integer> partitions) {}
}
