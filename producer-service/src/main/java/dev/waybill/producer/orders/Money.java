package dev.waybill.producer.orders;

import java.math.BigDecimal;

/**
 * An amount in a currency.
 *
 * @param amount from 0 to {@link #MAX}, with exactly {@value #SCALE} digits after the point
 * @param currency an ISO 4217 code
 */
public record Money(BigDecimal amount, String currency) {
  public static final int SCALE = 4;

  /** The largest that PostgreSQL's {@code numeric(19,4)} and the topic's schema hold. */
  public static final BigDecimal MAX = new BigDecimal("999999999999999.9999");
}
