/**
 * Waybill: A writes to its outbox, the relay moves it to Kafka, B recognises.
 *
 * <ol>
 *   <li>A changes its rows.
 *   <li>A appends to the outbox ({@code dev.waybill.outbox}),
 *   <li>and commits.
 *   <li>The relay ({@code dev.waybill.relay}, its own process as it is) reads what committed, and
 *       writes it to Kafka with its cursor, in one Kafka transaction.
 *   <li>B decides ({@code dev.waybill.deduplication}) and takes effect, in one Kafka transaction.
 * </ol>
 *
 * <p>Nothing here is a copy: what is in this package is A's transaction and B's topology.
 */
@NullMarked
package dev.waybill.proof.patterns.internalqueuerelay;

import org.jspecify.annotations.NullMarked;
