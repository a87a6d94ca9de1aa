package dev.waybill.consumer.orders;

import dev.waybill.orders.Order;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An order as B's table has it: the state that its newest applied event carried.
 *
 * @param status a symbol of the topic's schema, UNKNOWN for one that this program does not know
 * @param version the order's, from 1
 */
public record OrderState(
    UUID id,
    UUID customerId,
    String status,
    long version,
    List<Line> lines,
    Money total,
    Instant placedAt,
    Instant updatedAt) {

  /** So many of one thing, its price in the currency of the order's total. */
  public record Line(String sku, int quantity, BigDecimal unitPrice) {}

  /** An amount in a currency (ISO 4217). */
  public record Money(BigDecimal amount, String currency) {}

  static OrderState of(Order order) {
    return new OrderState(
        order.getOrderId(),
        order.getCustomerId(),
        order.getStatus().name(),
        order.getVersion(),
        order.getLines().stream()
            .map(line -> new Line(line.getSku(), line.getQuantity(), line.getUnitPrice()))
            .toList(),
        new Money(order.getTotal().getAmount(), order.getTotal().getCurrency()),
        order.getPlacedAt(),
        order.getUpdatedAt());
  }
}
