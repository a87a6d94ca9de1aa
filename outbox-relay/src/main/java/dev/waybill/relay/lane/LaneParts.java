package dev.waybill.relay.lane;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.source.OutboxReader;
import dev.waybill.relay.topic.EventRecords;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a lane opens each time it begins from its cursor. Thread-safe.
 *
 * @param events makes records of the rows of a reader, with the schemas of that reader's database
 */
record LaneParts(
    Lanes.Readers readers,
    LaneProducers producers,
    Function<OutboxReader, EventRecords> events,
    CursorTopic cursors,
    Duration pollMax,
    RelayListener listener) {

  OutboxReader reader(int lane) throws SQLException {
    return readers.open(lane);
  }

  LanePublisher publisher(int lane, OutboxReader reader) {
    return new LanePublisher(lane, producers, events.apply(reader), cursors, listener);
  }

  /** To be asked after the publisher is there: no transaction of the lane is open then. */
  @Nullable Cursor lastCursor(int lane) {
    return cursors.last(lane);
  }
}
