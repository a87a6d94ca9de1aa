/**
 * The transactions that are open in a partition: whose they are, whether their coordinator still
 * knows of them, and how those of ours that it has forgotten come to their end.
 */
@NullMarked
package dev.waybill.runtime.transactions;

import org.jspecify.annotations.NullMarked;
