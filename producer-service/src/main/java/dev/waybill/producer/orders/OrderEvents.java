package dev.waybill.producer.orders;

import dev.waybill.orders.OrderEvent;
import dev.waybill.orders.OrderEventType;
import dev.waybill.outbox.OutboxEvent;
import java.time.Instant;
import java.util.List;

/** Orders' events as the outbox takes them. */
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
        new OrderEvent(
            type,
            state(order),
            own.paymentReference(),
            own.carrier(),
            own.trackingNumber(),
            own.cancellationReason());
    return OutboxEvent.of(
            AGGREGATE_TYPE, order.id().toString(), order.version(), eventType, payload)
        .withOccurredAt(order.updatedAt());
  }

  private static dev.waybill.orders.Order state(Order order) {
    return new dev.waybill.orders.Order(
        order.id(),
        order.customerId(),
        dev.waybill.orders.OrderStatus.valueOf(order.status().name()),
        lines(order),
        new dev.waybill.orders.Money(order.total().amount(), order.total().currency()),
        order.version(),
        order.placedAt(),
        order.updatedAt());
  }

  private static List<dev.waybill.orders.OrderLine> lines(Order order) {
    return order.lines().stream()
        .map(
            line -> new dev.waybill.orders.OrderLine(line.sku(), line.quantity(), line.unitPrice()))
        .toList();
  }
}
