package dev.waybill.consumer.orders;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Totals of one customer; also what one event adds to them, which may be negative. Adding is not
 * idempotent, on purpose: an event that took effect twice would show.
 *
 * @param ordersByStatus how many orders of the table there are of each status; none that is 0
 * @param amounts the sum of the orders that are not cancelled, by currency; none that is 0
 * @param eventsApplied how many events took effect, tombstones included
 * @param ordersErased how many tombstones took effect
 */
public record CustomerTotals(
    Map<String, Long> ordersByStatus,
    Map<String, BigDecimal> amounts,
    long eventsApplied,
    long ordersErased) {
  static final CustomerTotals NONE = new CustomerTotals(Map.of(), Map.of(), 0, 0);

  private static final String CANCELLED = "CANCELLED";

  /** What an order in this state, existing, contributes; nothing when there is none. */
  static CustomerTotals of(@Nullable OrderState order) {
    if (order == null) {
      return NONE;
    }
    OrderState.Money total = order.total();
    boolean counts = !order.status().equals(CANCELLED) && total.amount().signum() != 0;
    return new CustomerTotals(
        Map.of(order.status(), 1L),
        counts ? Map.of(total.currency(), total.amount()) : Map.of(),
        0,
        0);
  }

  static CustomerTotals events(long applied, long erased) {
    return new CustomerTotals(Map.of(), Map.of(), applied, erased);
  }

  /** How many orders of the table there are. */
  public long orders() {
    return ordersByStatus.values().stream().mapToLong(Long::longValue).sum();
  }

  CustomerTotals plus(CustomerTotals more) {
    return new CustomerTotals(
        sum(ordersByStatus, more.ordersByStatus, Long::sum, 0L),
        sum(amounts, more.amounts, CustomerTotals::add, BigDecimal.ZERO),
        eventsApplied + more.eventsApplied,
        ordersErased + more.ordersErased);
  }

  CustomerTotals negated() {
    Map<String, Long> orders = new TreeMap<>();
    ordersByStatus.forEach((status, count) -> orders.put(status, -count));
    Map<String, BigDecimal> sums = new TreeMap<>();
    amounts.forEach((currency, amount) -> sums.put(currency, amount.negate()));
    return new CustomerTotals(orders, sums, -eventsApplied, -ordersErased);
  }

  private static BigDecimal add(BigDecimal one, BigDecimal other) {
    BigDecimal sum = one.add(other);
    return sum.signum() == 0 ? BigDecimal.ZERO : sum;
  }

  private static <V> Map<String, V> sum(
      Map<String, V> one, Map<String, V> other, BinaryOperator<V> plus, V zero) {
    if (other.isEmpty()) {
      return one;
    }
    Map<String, V> sum = new TreeMap<>(one);
    other.forEach((key, value) -> sum.merge(key, value, plus));
    sum.values().removeIf(zero::equals);
    return sum;
  }
}
