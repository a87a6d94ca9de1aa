package dev.waybill.bench;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.waybill.orders.Money;
import dev.waybill.orders.Order;
import dev.waybill.orders.OrderLine;
import dev.waybill.orders.OrderStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Orders of two lines, some 180 bytes in Avro, that are placed, paid and shipped. */
final class OrderStates {
  static final int STEPS = 3;

  private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();
  private static final BigDecimal PRICE = new BigDecimal("19.9900");
  private static final int CUSTOMERS = 20_000;
  private static final int SKUS = 100_000;

  private final SplittableRandom random;

  OrderStates(long seed) {
    this.random = new SplittableRandom(seed);
  }

  Order placed() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    // The bits of a random UUID, of so many customers.
    UUID customer = new UUID(0x4000L, Long.MIN_VALUE + random.nextInt(CUSTOMERS));
    return Order.newBuilder()
        .setOrderId(IDS.generate())
        .setCustomerId(customer)
        .setStatus(OrderStatus.PLACED)
        .setLines(List.of(line(1), line(2)))
        .setTotal(total(PRICE.multiply(BigDecimal.valueOf(3))))
        .setVersion(1L)
        .setPlacedAt(now)
        .setUpdatedAt(now)
        .build();
  }

  private OrderLine line(int quantity) {
    return OrderLine.newBuilder()
        .setSku("SKU-" + random.nextInt(SKUS))
        .setQuantity(quantity)
        .setUnitPrice(PRICE)
        .build();
  }

  private static Money total(BigDecimal amount) {
    return Money.newBuilder().setAmount(amount).setCurrency("EUR").build();
  }

  /** Takes the order one step on; not after the last. */
  static void next(Order order) {
    OrderStatus paidOrShipped =
        order.getStatus() == OrderStatus.PLACED ? OrderStatus.PAID : OrderStatus.SHIPPED;
    order.setStatus(paidOrShipped);
    order.setVersion(order.getVersion() + 1);
    order.setUpdatedAt(Instant.now().truncatedTo(ChronoUnit.MICROS));
  }

  static String eventType(Order order) {
    return switch (order.getStatus()) {
      case PLACED -> "OrderPlaced";
      case PAID -> "OrderPaid";
      default -> "OrderShipped";
    };
  }
}
