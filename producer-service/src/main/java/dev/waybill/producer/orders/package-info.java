/**
 * Orders: what may happen to them, their table, and their events. Every change runs in the caller's
 * transaction, locks the order's row first and appends its event in the same statement that writes
 * the row.
 */
@NullMarked
package dev.waybill.producer.orders;

import org.jspecify.annotations.NullMarked;
