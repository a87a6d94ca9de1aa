package dev.waybill.consumer.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.orders.OrderEvent;
import dev.waybill.orders.OrderEventType;
import dev.waybill.orders.OrderStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Whatever arrives twice, late or broken: B ends with what a model that knows the truth has. The
 * model applies each event once, in the order of its order's versions.
 */
class ModelTest {
  private static final int ORDERS = 12;
  private static final int CUSTOMERS = 3;
  private static final OrderStatus[] STATUSES = {
    OrderStatus.PLACED, OrderStatus.PAID, OrderStatus.SHIPPED, OrderStatus.CANCELLED
  };

  private final Map<Integer, OrderState> orders = new HashMap<>();

  /** By customer; erasures apart, which are not counted when B never knew the order. */
  private final Map<UUID, Long> events = new HashMap<>();

  private final Set<UUID> told = new HashSet<>();
  private int number;

  @RepeatedTest(5)
  void tableTotalsAndNotificationsAreThoseOfTheModel() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    try (Shop shop = new Shop()) {
      traffic(shop, random).forEach(shop::send);

      assertThat(shop.orders())
          .as("seed %s", seed)
          .containsExactlyInAnyOrderElementsOf(orders.values());
      for (int customer = 0; customer < CUSTOMERS; customer++) {
        UUID id = Events.customerId(customer);
        CustomerTotals totals = shop.customer(id);
        assertThat(totals.eventsApplied() - totals.ordersErased())
            .as("seed %s", seed)
            .isEqualTo(events.getOrDefault(id, 0L));
        CustomerTotals expected = fromTable(id);
        assertThat(totals.ordersByStatus()).isEqualTo(expected.ordersByStatus());
        assertThat(totals.amounts()).isEqualTo(expected.amounts());
      }
      assertThat(shop.notifications())
          .as("seed %s", seed)
          .extracting(message -> message.value().getEventId())
          .containsExactlyInAnyOrderElementsOf(told);
    }
  }

  private CustomerTotals fromTable(UUID customer) {
    return orders.values().stream()
        .filter(order -> order.customerId().equals(customer))
        .map(CustomerTotals::of)
        .reduce(CustomerTotals.NONE, CustomerTotals::plus);
  }

  /** What is sent: each order's events in order, and between them copies of anything before. */
  private List<TestRecord<byte[], byte[]>> traffic(Shop shop, Random random) {
    List<TestRecord<byte[], byte[]>> sent = new ArrayList<>();
    List<TestRecord<byte[], byte[]>> letters = new ArrayList<>();
    long[] versions = new long[ORDERS];
    for (int i = 0; i < 150; i++) {
      int order = random.nextInt(ORDERS);
      TestRecord<byte[], byte[]> good = next(shop, random, order, ++versions[order]);
      if (good.value() != null && random.nextInt(10) == 0) {
        sent.add(broken(good));
        letters.add(good);
      } else {
        sent.add(good);
      }
      while (random.nextInt(2) == 0) {
        sent.add(sent.get(random.nextInt(sent.size())));
      }
      if (!letters.isEmpty() && random.nextInt(10) == 0) {
        sent.add(letters.get(random.nextInt(letters.size())));
      }
    }
    sent.addAll(letters);
    sent.addAll(letters);
    return sent;
  }

  private TestRecord<byte[], byte[]> next(Shop shop, Random random, int order, long version) {
    number++;
    UUID id = Events.eventId(number);
    if (random.nextInt(12) == 0 && orders.containsKey(order)) {
      orders.remove(order);
      return Events.record(number, order, version, null);
    }
    OrderEvent event =
        Events.event(
            OrderEventType.PAID,
            order,
            order % CUSTOMERS,
            version,
            STATUSES[random.nextInt(STATUSES.length)],
            Integer.toString(random.nextInt(3) * 10));
    orders.put(order, OrderState.of(event.getOrder()));
    events.merge(event.getOrder().getCustomerId(), 1L, Long::sum);
    told.add(id);
    return shop.record(number, event);
  }

  private static TestRecord<byte[], byte[]> broken(TestRecord<byte[], byte[]> good) {
    return new TestRecord<>(
        good.key(), Arrays.copyOf(good.value(), 8), good.headers(), good.getRecordTime());
  }
}
