/**
 * A commits, then calls B.
 *
 * <ol>
 *   <li>A changes its rows,
 *   <li>and commits.
 *   <li>A calls B: before it answers its own client, or from its memory with retries.
 * </ol>
 *
 * <p>Between 2 and 3 nobody but a thread of A knows that B is to be told.
 */
@NullMarked
package dev.waybill.proof.patterns.directaftercommit;

import org.jspecify.annotations.NullMarked;
