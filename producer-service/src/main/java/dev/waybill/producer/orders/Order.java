package dev.waybill.producer.orders;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * An order's full state.
 *
 * @param version how many events it has had, from 1
 * @param updatedAt when the last of them occurred, to the microsecond; never before an earlier one
 */
public record Order(
    UUID id,
    UUID customerId,
    OrderStatus status,
    List<OrderLine> lines,
    Money total,
    long version,
    Instant placedAt,
    Instant updatedAt,
    Particulars particulars) {

  public Order {
    lines = List.copyOf(lines);
  }

  static Order placed(UUID id, NewOrder order, Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.MICROS);
    return new Order(
        id,
        order.customerId(),
        OrderStatus.PLACED,
        order.lines(),
        new Money(order.total(), order.currency()),
        1,
        at,
        at,
        Particulars.NONE);
  }

  /**
   * The state after a transition.
   *
   * @throws OrderStatusException when the order's status does not allow it
   */
  Order after(Transition transition, Instant now) {
    if (!transition.from().contains(status)) {
      throw new OrderStatusException(id, status, transition);
    }
    return new Order(
        id,
        customerId,
        transition.to(),
        lines,
        total,
        version + 1,
        placedAt,
        notBeforeUpdate(now),
        transition.addTo(particulars));
  }

  /** Instances' clocks differ: an order's times must not run backwards for that. */
  Instant notBeforeUpdate(Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.MICROS);
    return at.isBefore(updatedAt) ? updatedAt : at;
  }
}
