/**
 * The outbox: events appended to {@code outbox_event} in the transaction of the business change
 * they tell about, so that both commit or neither does.
 *
 * <p>{@link dev.waybill.outbox.Outbox} writes; whoever moves the rows to Kafka only reads them. The
 * table is described in {@code docs/outbox.md}; its jOOQ classes are generated from its migration
 * into {@code dev.waybill.outbox.jooq}.
 */
@NullMarked
package dev.waybill.outbox;

import org.jspecify.annotations.NullMarked;
