/**
 * A writes a job into its own database, within its transaction; two workers of A call B.
 *
 * <ol>
 *   <li>A changes its rows.
 *   <li>A writes a job,
 *   <li>and commits.
 *   <li>A worker takes the oldest job that no other one has, and keeps it locked.
 *   <li>It calls B.
 *   <li>It deletes the job and commits; or puts it off, when B has not answered.
 * </ol>
 *
 * <p>Between B's effect and 6 a worker that dies, or an answer that is lost, means that B is called
 * again. Two workers may have two jobs of one account, and be done in the other order.
 */
@NullMarked
package dev.waybill.proof.patterns.internalqueuepush;

import org.jspecify.annotations.NullMarked;
