package dev.waybill.proof.ledger;

import dev.waybill.proof.ledger.Row.Table;
import org.jspecify.annotations.Nullable;

/**
 * An order, or a customer's totals, as B has them and as another B has them, which was built from
 * the topic when everything was over.
 *
 * @param first in B; null when it has none
 * @param second in the other one
 */
public record Rebuilt(Table table, String id, @Nullable String first, @Nullable String second) {}
