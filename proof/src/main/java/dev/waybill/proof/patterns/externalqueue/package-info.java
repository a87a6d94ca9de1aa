/**
 * A's half of the patterns with an external queue: A writes to Kafka within its transaction.
 *
 * <ol>
 *   <li>A changes its rows.
 *   <li>A writes to Kafka, last of all, and waits until all replicas have it.
 *   <li>A commits.
 * </ol>
 *
 * <p>Between 2 and 3 the queue knows of something that is not there yet, and never may be.
 * Committing first would make of it what is lost.
 */
@NullMarked
package dev.waybill.proof.patterns.externalqueue;

import org.jspecify.annotations.NullMarked;
