package dev.waybill.consumer.http;

import dev.waybill.consumer.orders.CustomerTotals;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A customer's totals as they are shown; amounts are texts. */
record CustomerJson(
    UUID customerId,
    long orders,
    Map<String, Long> ordersByStatus,
    Map<String, String> amounts,
    long eventsApplied,
    long ordersErased) {
  static CustomerJson of(UUID customerId, CustomerTotals totals) {
    Map<String, String> amounts = new TreeMap<>();
    totals.amounts().forEach((currency, amount) -> amounts.put(currency, OrderJson.text(amount)));
    return new CustomerJson(
        customerId,
        totals.orders(),
        totals.ordersByStatus(),
        amounts,
        totals.eventsApplied(),
        totals.ordersErased());
  }
}
