/**
 * What B does with an order's events: the table of orders, the totals of customers, the
 * notifications. The topology behind any {@link dev.waybill.deduplication.Recognition}.
 */
@NullMarked
package dev.waybill.consumer.orders;

import org.jspecify.annotations.NullMarked;
