package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.DatabaseIdentity;
import dev.waybill.relay.cursor.Landmark;
import dev.waybill.relay.cursor.Snapshot;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a database can tell of its past.
 *
 * @param landmark the event that has the seq of a cursor's landmark now, or null when none has
 */
record History(DatabaseIdentity database, Snapshot now, @Nullable UUID landmark) {

  /** Why the cursor cannot be of this database as it is now, or null when it can. */
  @Nullable String contradicts(Cursor cursor) {
    if (!database.agreesWith(cursor.database())) {
      return "the cursor is of database %s, this is %s".formatted(cursor.database(), database);
    }
    if (now.xmax() < cursor.xmax()) {
      return "the database went back from transaction %s to %s"
          .formatted(cursor.xmax(), now.xmax());
    }
    Landmark before = cursor.landmark();
    if (before != null && landmark != null && !landmark.equals(before.eventId())) {
      return "the database went back and another way: seq %s was event %s and is %s"
          .formatted(before.seq(), before.eventId(), landmark);
    }
    return null;
  }

  /** The cursor's landmark, if it is one of this database, too. */
  @Nullable Landmark common(Cursor cursor) {
    Landmark before = cursor.landmark();
    return before != null && before.eventId().equals(landmark) ? before : null;
  }
}
