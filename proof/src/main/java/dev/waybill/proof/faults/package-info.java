/** What is done to a world, and when: drawn from a seed, so that it can be done again. */
@NullMarked
package dev.waybill.proof.faults;

import org.jspecify.annotations.NullMarked;
