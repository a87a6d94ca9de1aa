/**
 * What is written down of a run of the lab: everything that the table is computed from, and nothing
 * of how a pattern works. Times are microseconds since 1970, by one machine's clock.
 */
@NullMarked
package dev.waybill.proof.lab.ledger;

import org.jspecify.annotations.NullMarked;
