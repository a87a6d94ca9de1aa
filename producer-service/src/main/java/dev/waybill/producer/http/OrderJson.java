package dev.waybill.producer.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.producer.orders.Money;
import dev.waybill.producer.orders.Order;
import dev.waybill.producer.orders.OrderLine;
import dev.waybill.runtime.ServiceServer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as it is shown. Amounts are texts, with four digits after the point: many JSON readers
 * would round a number.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderJson(
    UUID id,
    UUID customerId,
    String status,
    long version,
    List<Line> lines,
    Total total,
    @Nullable String paymentReference,
    @Nullable String carrier,
    @Nullable String trackingNumber,
    @Nullable String cancellationReason,
    Instant placedAt,
    Instant updatedAt) {

  private static final JsonMapper JSON = ServiceServer.json();

  record Line(String sku, int quantity, String unitPrice) {
    static Line of(OrderLine line) {
      return new Line(line.sku(), line.quantity(), line.unitPrice().toPlainString());
    }
  }

  record Total(String amount, String currency) {
    static Total of(Money money) {
      return new Total(money.amount().toPlainString(), money.currency());
    }
  }

  /**
   * @param next what to give as {@code after} for the next page; absent when this is the last
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<OrderJson> orders, @Nullable UUID next) {}

  static OrderJson of(Order order) {
    return new OrderJson(
        order.id(),
        order.customerId(),
        order.status().name(),
        order.version(),
        order.lines().stream().map(Line::of).toList(),
        Total.of(order.total()),
        order.particulars().paymentReference(),
        order.particulars().carrier(),
        order.particulars().trackingNumber(),
        order.particulars().cancellationReason(),
        order.placedAt(),
        order.updatedAt());
  }

  String text() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("an order is always JSON", impossible);
    }
  }
}
