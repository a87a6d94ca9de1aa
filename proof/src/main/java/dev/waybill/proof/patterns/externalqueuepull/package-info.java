/**
 * A writes to Kafka within its transaction ({@link
 * dev.waybill.proof.patterns.externalqueue.QueueInTransaction}, steps 1 to 3); B takes from Kafka.
 *
 * <ol start="4">
 *   <li>B takes from Kafka.
 *   <li>It takes effect, in B's own database.
 *   <li>B says to Kafka that this is done.
 * </ol>
 *
 * <p>Between 5 and 6 a B that dies takes it again.
 */
@NullMarked
package dev.waybill.proof.patterns.externalqueuepull;

import org.jspecify.annotations.NullMarked;
