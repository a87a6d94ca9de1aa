package dev.waybill.consumer.orders;

import dev.waybill.deduplication.NewEvent;
import dev.waybill.notifications.CustomerNotification;
import dev.waybill.notifications.NotificationKind;
import dev.waybill.orders.OrderEvent;
import dev.waybill.orders.OrderEventType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** What a customer is told of an event. */
final class Notifications {
  private Notifications() {}

  /** The message for an event that is not an erasure. */
  static CustomerNotification of(NewEvent<OrderEvent> event) {
    OrderEvent value = Objects.requireNonNull(event.value());
    Instant occurredAt =
        event.occurredAt() == null ? value.getOrder().getUpdatedAt() : event.occurredAt();
    return CustomerNotification.newBuilder()
        .setEventId(event.id())
        .setCustomerId(value.getOrder().getCustomerId())
        .setOrderId(value.getOrder().getOrderId())
        .setKind(kind(value.getType()))
        .setText("Order " + value.getOrder().getOrderId() + " " + text(value))
        .setOccurredAt(occurredAt.truncatedTo(ChronoUnit.MICROS))
        .build();
  }

  private static NotificationKind kind(OrderEventType type) {
    return switch (type) {
      case PLACED -> NotificationKind.ORDER_PLACED;
      case PAID -> NotificationKind.ORDER_PAID;
      case SHIPPED -> NotificationKind.ORDER_SHIPPED;
      case CANCELLED -> NotificationKind.ORDER_CANCELLED;
      case UNKNOWN -> NotificationKind.UNKNOWN;
    };
  }

  private static String text(OrderEvent event) {
    return switch (event.getType()) {
      case PLACED -> "was placed.";
      case PAID -> "was paid.";
      case SHIPPED -> event.getCarrier() == null ? "was shipped." : shipped(event);
      case CANCELLED -> "was cancelled.";
      case UNKNOWN -> "has changed.";
    };
  }

  private static String shipped(OrderEvent event) {
    return event.getTrackingNumber() == null
        ? "was shipped with " + event.getCarrier() + "."
        : "was shipped with " + event.getCarrier() + ", " + event.getTrackingNumber() + ".";
  }
}
