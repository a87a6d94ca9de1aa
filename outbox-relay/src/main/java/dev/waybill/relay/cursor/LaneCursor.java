package dev.waybill.relay.cursor;

import org.jspecify.annotations.Nullable;

/**
 * What is stored of a lane.
 *
 * @param position how far it has published
 * @param topic where to; null in the cursors of a version that did not note it
 */
public record LaneCursor(Cursor position, @Nullable PublishedTopic topic) {}
