package dev.waybill.relay.lane;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.Layout;
import dev.waybill.relay.cursor.Slots;
import dev.waybill.relay.source.OutboxReader;
import dev.waybill.relay.source.Page;
import dev.waybill.relay.topic.EventRecords;
import dev.waybill.relay.topic.TopicChangedException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
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
    LayoutWatch watch,
    LaneChange change,
    Supplier<Optional<String>> topicsProblem,
    Duration pollMax,
    RelayListener listener) {

  OutboxReader reader(Slots slots) throws SQLException {
    return readers.open(slots);
  }

  /** Reads the next page, and tells of it. */
  Page read(int lane, OutboxReader reader, @Nullable Cursor cursor) throws SQLException {
    long begun = System.nanoTime();
    Page page = reader.read(cursor);
    listener.pageRead(lane, page, Duration.ofNanos(System.nanoTime() - begun));
    return page;
  }

  LanePublisher publisher(int lane, Layout layout, OutboxReader reader, WaitingRoom room) {
    return new LanePublisher(
        lane, layout, producers, events.apply(reader), room, cursors, listener);
  }

  /**
   * To be asked before anything is published.
   *
   * @throws TopicChangedException when the topics are not what they were
   */
  void refuseChangedTopics() {
    topicsProblem
        .get()
        .ifPresent(
            problem -> {
              throw new TopicChangedException(problem);
            });
  }

  /** To be asked after the publisher is there: no transaction of the lane is open then. */
  CursorTopic.Stored stored(int lane, Layout layout) {
    return cursors.stored(lane, layout);
  }
}
