package dev.waybill.stack.interop;

import com.fasterxml.uuid.Generators;
import dev.waybill.orders.Money;
import dev.waybill.orders.Order;
import dev.waybill.orders.OrderEvent;
import dev.waybill.orders.OrderEventType;
import dev.waybill.orders.OrderLine;
import dev.waybill.orders.OrderStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Order events: of the schemas here, the one with types inside types. */
final class Orders {
  private static final BigDecimal PRICE = new BigDecimal("19.9900");

  private Orders() {}

  static OrderEvent placed() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Order order =
        new Order(
            Generators.timeBasedEpochGenerator().generate(),
            Generators.randomBasedGenerator().generate(),
            OrderStatus.PLACED,
            List.of(new OrderLine("SKU-1", 1, PRICE)),
            new Money(PRICE, "EUR"),
            1L,
            now,
            now);
    return new OrderEvent(OrderEventType.PLACED, order, null, null, null, null);
  }

  /** The order's next event. */
  static OrderEvent paid(OrderEvent placed) {
    Order order =
        Order.newBuilder(placed.getOrder()).setStatus(OrderStatus.PAID).setVersion(2L).build();
    return new OrderEvent(OrderEventType.PAID, order, "a reference", null, null, null);
  }
}
