/** Proves the decision table with events that say nothing but a text. */
@NullMarked
package dev.waybill.deduplication.replay;

import org.jspecify.annotations.NullMarked;
