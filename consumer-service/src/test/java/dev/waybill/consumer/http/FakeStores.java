package dev.waybill.consumer.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.consumer.orders.CustomerTotals;
import dev.waybill.consumer.orders.OrderState;
import dev.waybill.deduplication.AggregateVersions;
import dev.waybill.deduplication.RememberedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/** Stores in memory, on an instance of a test's choice. */
final class FakeStores implements StoresView {
  final Map<UUID, OrderState> orders = new HashMap<>();
  final Map<UUID, CustomerTotals> customers = new HashMap<>();
  final Map<UUID, RememberedEvent> events = new HashMap<>();
  final Map<String, AggregateVersions> aggregates = new HashMap<>();
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
  public Place placeOfAggregate(byte[] key) {
    return place;
  }

  @Override
  public Optional<AggregateVersions> aggregate(byte[] key, int partition) {
    return Optional.ofNullable(aggregates.get(new String(key, UTF_8)));
  }

  @Override
  public void applied(int partition, Instant from, Instant to, Predicate<UUID> each) {
    events.entrySet().stream()
        .filter(one -> one.getValue().applied() && one.getValue().partition() == partition)
        .map(Map.Entry::getKey)
        .filter(id -> isBetween(id.getMostSignificantBits() >>> 16, from, to))
        .sorted()
        .takeWhile(each)
        .forEach(id -> {});
  }

  private static boolean isBetween(long millis, Instant from, Instant to) {
    return millis >= from.toEpochMilli() && millis < to.toEpochMilli();
  }

  @Override
  public List<Instance> instances() {
    List<Instance> all = new ArrayList<>();
    all.add(new Instance(new HostInfo("self", 1), partitions, true));
    others.forEach((host, theirs) -> all.add(new Instance(host, theirs, false)));
    return all;
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
