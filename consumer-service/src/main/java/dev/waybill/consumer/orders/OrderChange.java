package dev.waybill.consumer.orders;

import dev.waybill.deduplication.NewEvent;
import dev.waybill.orders.OrderEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * What an event did to its order.
 *
 * @param before the order as the table had it; null when it had none
 * @param after the order as the table has it now; null when it is erased. The very same as before
 *     when something newer was applied already
 */
record OrderChange(
    NewEvent<OrderEvent> event, @Nullable OrderState before, @Nullable OrderState after) {

  /**
   * What it adds to which customers' totals. Summed over all events, a customer's totals are those
   * of the orders in the table, whatever events were skipped: each takes away what the order was
   * and adds what it is.
   */
  List<KeyValue<String, CustomerTotals>> deltas() {
    Map<UUID, CustomerTotals> deltas = new LinkedHashMap<>(4);
    UUID owner = owner();
    if (owner != null) {
      deltas.put(owner, CustomerTotals.events(1, event.value() == null ? 1 : 0));
    }
    if (!event.newerApplied()) {
      add(deltas, after, CustomerTotals.of(after));
      add(deltas, before, CustomerTotals.of(before).negated());
    }
    return deltas.entrySet().stream()
        .map(delta -> KeyValue.pair(delta.getKey().toString(), delta.getValue()))
        .toList();
  }

  /** Whose event it is; null for the erasure of an order that the table does not have. */
  private @Nullable UUID owner() {
    OrderEvent value = event.value();
    if (value != null) {
      return value.getOrder().getCustomerId();
    }
    return before == null ? null : before.customerId();
  }

  private static void add(
      Map<UUID, CustomerTotals> deltas, @Nullable OrderState order, CustomerTotals delta) {
    if (order != null) {
      deltas.merge(order.customerId(), delta, CustomerTotals::plus);
    }
  }
}
