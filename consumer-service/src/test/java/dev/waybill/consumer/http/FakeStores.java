package dev.waybill.consumer.http;

import dev.waybill.consumer.orders.CustomerTotals;
import dev.waybill.consumer.orders.OrderState;
import dev.waybill.deduplication.RememberedEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/** Stores in memory, on an instance of a test's choice. */
final class FakeStores implements StoresView {
  final Map<UUID, OrderState> orders = new HashMap<>();
  final Map<UUID, CustomerTotals> customers = new HashMap<>();
  final Map<UUID, RememberedEvent> events = new HashMap<>();
  volatile Place place = new Place.Here(2);
  volatile Map<HostInfo, Set<Integer>> others = Map.of();
  volatile Set<Integer> partitions = Set.of(2);
  volatile boolean moving;
  volatile @Nullable Position askedAfter;
  final AtomicInteger questions = new AtomicInteger();

  @Override
  public Place placeOfOrder(UUID orderId) {
    questions.incrementAndGet();
    return place;
  }

  @Override
  public Place placeOfCustomer(UUID customerId) {
    return place;
  }

  @Override
  public Optional<OrderState> order(UUID orderId, int partition) {
    return get(orders, orderId);
  }

  @Override
  public Optional<CustomerTotals> customer(UUID customerId, int partition) {
    return get(customers, customerId);
  }

  @Override
  public Optional<RememberedEvent> event(UUID eventId, Set<Integer> asked) {
    if (!partitions.containsAll(asked)) {
      throw new NotAvailableException("partitions have moved", null);
    }
    return get(events, eventId);
  }

  @Override
  public OrdersPage orders(@Nullable Position after, int limit) {
    askedAfter = after;
    List<OrderState> page = orders.values().stream().limit(limit).toList();
    Position next =
        page.size() < orders.size() ? new Position(2, page.get(0).id().toString()) : null;
    return new OrdersPage(page, next, List.of(2));
  }

  @Override
  public Keepers keepers() {
    return new Keepers(partitions, others);
  }

  private <V> Optional<V> get(Map<UUID, V> table, UUID id) {
    if (moving) {
      throw new NotAvailableException("the stores are moving", null);
    }
    return Optional.ofNullable(table.get(id));
  }
}
