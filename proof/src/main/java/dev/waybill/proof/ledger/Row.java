package dev.waybill.proof.ledger;

import org.jspecify.annotations.Nullable;

/**
 * An order, or a customer's totals, at rest, in one line each.
 *
 * @param inA as A has it; null when A has none
 * @param inB likewise
 */
public record Row(Table table, String id, @Nullable String inA, @Nullable String inB) {

  public enum Table {
    ORDERS,
    CUSTOMERS
  }
}
