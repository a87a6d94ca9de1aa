/**
 * A calls B within its transaction.
 *
 * <ol>
 *   <li>A changes its rows.
 *   <li>A calls B, last of all, and refuses its client's request when B does not answer.
 *   <li>A commits.
 * </ol>
 *
 * <p>Between 2 and 3 B knows of something that is not there yet, and never may be.
 */
@NullMarked
package dev.waybill.proof.patterns.directintransaction;

import org.jspecify.annotations.NullMarked;
