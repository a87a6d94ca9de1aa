/**
 * The pattern lab: every way in which A can tell B, on real servers and in processes that are
 * killed, under the same load and the same faults, and what each of them loses.
 */
@NullMarked
package dev.waybill.proof.lab;

import org.jspecify.annotations.NullMarked;
