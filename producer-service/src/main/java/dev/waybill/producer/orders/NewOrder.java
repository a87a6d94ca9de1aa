package dev.waybill.producer.orders;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/**
 * What a customer asks for.
 *
 * @param currency an ISO 4217 code
 * @param lines at least one
 */
public record NewOrder(UUID customerId, String currency, List<OrderLine> lines) {
  public NewOrder {
    lines = List.copyOf(lines);
  }

  /** What it all costs; may be more than {@link Money#MAX}, which no order may. */
  public BigDecimal total() {
    return lines.stream()
        .map(OrderLine::price)
        .reduce(BigDecimal.ZERO.setScale(Money.SCALE), BigDecimal::add);
  }
}
