package dev.waybill.producer.orders;

import dev.waybill.orders.OrderEvent;
import dev.waybill.orders.OrderEventType;
import dev.waybill.outbox.OutboxEvent;
import java.time.Instant;
import java.util.List;

/**
 * Orders' events as the outbox takes them. They are built by the names of their fields, so that a
 * schema may have got a field with a default that this class does not know.
 */
final class OrderEvents {
  private static final String AGGREGATE_TYPE = "order";

  private OrderEvents() {}

  static OutboxEvent placed(Order order) {
    return event(order, "OrderPlaced", OrderEventType.PLACED, Particulars.NONE);
  }

  /** The event's own fields are those of its transition; the rest of it is the order's state. */
  static OutboxEvent of(Transition transition, Order after) {
    Particulars own = transition.addTo(Particulars.NONE);
    if (transition instanceof Transition.Pay) {
      return event(after, "OrderPaid", OrderEventType.PAID, own);
    } else if (transition instanceof Transition.Ship) {
      return event(after, "OrderShipped", OrderEventType.SHIPPED, own);
    }
    return event(after, "OrderCancelled", OrderEventType.CANCELLED, own);
  }

  static OutboxEvent erased(Order before, Instant at) {
    return OutboxEvent.tombstone(
            AGGREGATE_TYPE, before.id().toString(), before.version() + 1, "OrderErased")
        .withOccurredAt(at);
  }

  private static OutboxEvent event(
      Order order, String eventType, OrderEventType type, Particulars own) {
    OrderEvent payload =
        OrderEvent.newBuilder()
            .setType(type)
            .setOrder(state(order))
            .setPaymentReference(own.paymentReference())
            .setCarrier(own.carrier())
            .setTrackingNumber(own.trackingNumber())
            .setCancellationReason(own.cancellationReason())
            .build();
    return OutboxEvent.of(
            AGGREGATE_TYPE, order.id().toString(), order.version(), eventType, payload)
        .withOccurredAt(order.updatedAt());
  }

  private static dev.waybill.orders.Order state(Order order) {
    return dev.waybill.orders.Order.newBuilder()
        .setOrderId(order.id())
        .setCustomerId(order.customerId())
        .setStatus(dev.waybill.orders.OrderStatus.valueOf(order.status().name()))
        .setLines(lines(order))
        .setTotal(total(order))
        .setVersion(order.version())
        .setPlacedAt(order.placedAt())
        .setUpdatedAt(order.updatedAt())
        .build();
  }

  private static dev.waybill.orders.Money total(Order order) {
    return dev.waybill.orders.Money.newBuilder()
        .setAmount(order.total().amount())
        .setCurrency(order.total().currency())
        .build();
  }

  private static List<dev.waybill.orders.OrderLine> lines(Order order) {
    return order.lines().stream().map(OrderEvents::line).toList();
  }

  private static dev.waybill.orders.OrderLine line(OrderLine line) {
    return dev.waybill.orders.OrderLine.newBuilder()
        .setSku(line.sku())
        .setQuantity(line.quantity())
        .setUnitPrice(line.unitPrice())
        .build();
  }
}
