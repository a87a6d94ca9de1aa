/**
 * What is written down while Waybill is attacked: everything that a judge needs afterwards, and
 * nothing about how Waybill works inside.
 */
@NullMarked
package dev.waybill.proof.ledger;

import org.jspecify.annotations.NullMarked;
