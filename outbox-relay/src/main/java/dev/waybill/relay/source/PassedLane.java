package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Cursor;
import java.time.Instant;

/**
 * What a lane has behind it.
 *
 * @param cursor committed, and of the database as it is now
 * @param olderThan rows that occurred from here on stay, whatever the cursor says
 * @param belowSeq rows from here on stay, too: among them are some that occurred later
 */
public record PassedLane(int lane, Cursor cursor, Instant olderThan, long belowSeq) {}
