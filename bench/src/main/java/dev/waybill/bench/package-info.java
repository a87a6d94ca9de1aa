/**
 * The benchmark: how fast each hop is, measured as ratios of two sides that take turns on the same
 * machine.
 */
@NullMarked
package dev.waybill.bench;

import org.jspecify.annotations.NullMarked;
