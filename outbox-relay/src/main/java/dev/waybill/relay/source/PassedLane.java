package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.Slots;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a lane has behind it of some of its slots.
 *
 * @param cursor committed, and of the database as it is now; null when there is none such
 * @param olderThan rows that occurred from here on stay, whatever the cursor says
 * @param belowSeq rows from here on stay, too: among them are some that occurred later
 */
public record PassedLane(
    int lane, Slots slots, @Nullable Cursor cursor, Instant olderThan, long belowSeq) {}
