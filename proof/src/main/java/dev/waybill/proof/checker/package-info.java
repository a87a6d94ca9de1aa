/**
 * Judges an attack by its ledger and by nothing else: no servers, no clock, no chance. The same
 * ledger always gets the same judgement. {@link dev.waybill.proof.checker.Invariant} says what must
 * hold; each has a class of its own name.
 */
@NullMarked
package dev.waybill.proof.checker;

import org.jspecify.annotations.NullMarked;
