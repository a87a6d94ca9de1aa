/** The operator's console on a whole stack, proved. */
@NullMarked
package dev.waybill.proof.console;

import org.jspecify.annotations.NullMarked;
