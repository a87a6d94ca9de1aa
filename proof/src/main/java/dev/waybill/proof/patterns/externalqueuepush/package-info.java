/**
 * A writes to Kafka within its transaction ({@link
 * dev.waybill.proof.patterns.externalqueue.QueueInTransaction}, steps 1 to 3); a worker of A calls
 * B.
 *
 * <ol start="4">
 *   <li>The worker takes from Kafka.
 *   <li>It calls B, again and again until B answers.
 *   <li>It says to Kafka that this is done.
 * </ol>
 *
 * <p>Between B's effect and 6 a worker that dies, or an answer that is lost, means that B is called
 * again.
 */
@NullMarked
package dev.waybill.proof.patterns.externalqueuepush;

import org.jspecify.annotations.NullMarked;
