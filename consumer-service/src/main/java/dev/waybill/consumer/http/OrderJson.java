package dev.waybill.consumer.http;

import dev.waybill.consumer.orders.OrderState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An order as it is shown, in the words of system A. Amounts are texts: many JSON readers would
 * round a number.
 */
record OrderJson(
    UUID id,
    UUID customerId,
    String status,
    long version,
    List<Line> lines,
    Total total,
    Instant placedAt,
    Instant updatedAt) {

  record Line(String sku, int quantity, String unitPrice) {}

  record Total(String amount, String currency) {}

  static OrderJson of(OrderState order) {
    return new OrderJson(
        order.id(),
        order.customerId(),
        order.status(),
        order.version(),
        order.lines().stream()
            .map(line -> new Line(line.sku(), line.quantity(), text(line.unitPrice())))
            .toList(),
        new Total(text(order.total().amount()), order.total().currency()),
        order.placedAt(),
        order.updatedAt());
  }

  static String text(BigDecimal amount) {
    return amount.toPlainString();
  }
}
