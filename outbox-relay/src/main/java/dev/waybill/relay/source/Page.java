package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Cursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one read returned.
 *
 * @param rows in ascending seq; empty when there was nothing new
 * @param next the cursor once these rows are published; the same as before when there is none
 * @param rewound why rows already published may be among them, or null in the normal case
 */
public record Page(List<OutboxRow> rows, Cursor next, @Nullable String rewound) {

  /**
   * Whether it has something to tell Kafka: rows, or a cursor of a new history, without which the
   * rewind would be found out again at each start.
   */
  public boolean isToPublish() {
    return !rows.isEmpty() || rewound != null;
  }
}
