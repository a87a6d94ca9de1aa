/**
 * The attack on Waybill itself, which must find nothing: a world, a schedule of faults, a ledger, a
 * judge.
 */
@NullMarked
package dev.waybill.proof.campaign;

import org.jspecify.annotations.NullMarked;
