/**
 * The demo: drives orders through A while the relay and B are killed and the topic is littered with
 * duplicates and poison, and then computes from the data, not from anybody's counters, whether
 * anything was lost or doubled.
 */
@NullMarked
package dev.waybill.proof.demo;

import org.jspecify.annotations.NullMarked;
