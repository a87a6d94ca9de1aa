package dev.waybill.producer.orders;

import java.util.Set;

/** Something that may happen to an order that exists, and takes it to another status. */
public sealed interface Transition {

  /** The statuses in which it may happen. */
  Set<OrderStatus> from();

  OrderStatus to();

  /** What is known of the order afterwards. */
  Particulars addTo(Particulars particulars);

  /** The customer paid. */
  record Pay(String paymentReference) implements Transition {
    @Override
    public Set<OrderStatus> from() {
      return Set.of(OrderStatus.PLACED);
    }

    @Override
    public OrderStatus to() {
      return OrderStatus.PAID;
    }

    @Override
    public Particulars addTo(Particulars particulars) {
      return particulars.paid(paymentReference);
    }
  }

  /** The goods left. */
  record Ship(String carrier, String trackingNumber) implements Transition {
    @Override
    public Set<OrderStatus> from() {
      return Set.of(OrderStatus.PAID);
    }

    @Override
    public OrderStatus to() {
      return OrderStatus.SHIPPED;
    }

    @Override
    public Particulars addTo(Particulars particulars) {
      return particulars.shipped(carrier, trackingNumber);
    }
  }

  /** Nothing will be shipped. */
  record Cancel(String reason) implements Transition {
    @Override
    public Set<OrderStatus> from() {
      return Set.of(OrderStatus.PLACED, OrderStatus.PAID);
    }

    @Override
    public OrderStatus to() {
      return OrderStatus.CANCELLED;
    }

    @Override
    public Particulars addTo(Particulars particulars) {
      return particulars.cancelled(reason);
    }
  }
}
