package dev.waybill.relay.cursor;

import org.jspecify.annotations.Nullable;

/**
 * How far the rows of some slots are published.
 *
 * @param cursor null when nothing of them is: they begin with the first retained row
 */
public record Part(Slots slots, @Nullable Cursor cursor) {}
