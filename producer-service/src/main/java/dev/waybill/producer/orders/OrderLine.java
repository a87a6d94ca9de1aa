package dev.waybill.producer.orders;

import java.math.BigDecimal;

/**
 * So many of one thing.
 *
 * @param quantity 1 or more
 * @param unitPrice in the order's currency, with exactly {@link Money#SCALE} digits after the point
 */
public record OrderLine(String sku, int quantity, BigDecimal unitPrice) {

  BigDecimal price() {
    return unitPrice.multiply(BigDecimal.valueOf(quantity));
  }
}
