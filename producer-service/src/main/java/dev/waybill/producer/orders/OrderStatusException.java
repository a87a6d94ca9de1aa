package dev.waybill.producer.orders;

import java.util.UUID;
import java.util.stream.Collectors;

/** The order's status does not allow the transition; nothing was written. */
public final class OrderStatusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final OrderStatus status;

  OrderStatusException(UUID id, OrderStatus status, Transition transition) {
    super(
        "order %s is %s; only %s may become %s"
            .formatted(id, status, from(transition), transition.to()));
    this.status = status;
  }

  /** What the order is. */
  public OrderStatus status() {
    return status;
  }

  private static String from(Transition transition) {
    return transition.from().stream().sorted().map(Enum::name).collect(Collectors.joining(" or "));
  }
}
