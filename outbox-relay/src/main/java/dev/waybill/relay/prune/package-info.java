/**
 * Deleting rows that every reader of the outbox has behind it, and saying what holds the others.
 */
@NullMarked
package dev.waybill.relay.prune;

import org.jspecify.annotations.NullMarked;
