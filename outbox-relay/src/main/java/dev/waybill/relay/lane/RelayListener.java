package dev.waybill.relay.lane;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.source.Page;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a relay's lanes, in the order in which it happens. Each method is called by the
 * lane's own threads, between two steps, and must return quickly; what it throws sends the lane
 * back to its cursor, as a failure of that step would. The last three must not throw: that ends the
 * lane.
 */
public interface RelayListener {
  /** How many lanes there are; said again and again, by a thread that is no lane's. */
  default void layout(int lanes) {}

  /** The lane is owned here and its producers are initialised; it goes on from the cursor. */
  default void laneStarted(int lane, @Nullable Cursor cursor) {}

  /** A read returned, also when it found nothing new. */
  default void pageRead(int lane, Page page, Duration took) {}

  /** The Kafka transaction is begun; nothing is sent yet. */
  default void transactionBegun(int lane, Page page) {}

  /** All records of the page, but not the cursor, were handed to the producer. */
  default void recordsSent(int lane, Page page) {}

  /** The cursor was handed to the producer too; the commit comes next. */
  default void cursorSent(int lane, Page page) {}

  /**
   * The broker acknowledged the commit: page and cursor are published. Rows that wait are not in
   * the page any more.
   */
  default void committed(int lane, Page page, Duration took) {}

  /**
   * Which aggregates of the lane wait because of a refused event; said when it changes, before the
   * commit that makes it so.
   */
  default void waiting(int lane, List<WaitingAggregate> aggregates) {}

  /**
   * Which events of the lane are never published, because a person let them pass; said when the
   * lane begins from its cursor.
   */
  default void quarantined(int lane, List<UUID> events) {}

  /** The lane keeps its committed cursor and tries again; said at each attempt. */
  default void laneRetries(int lane, LaneFailure failure, Duration pause) {}

  /**
   * Somebody else initialised the lane's producers, also for letting an event pass, or the broker
   * ended a transaction that took too long; nothing of the open transaction will show.
   */
  default void laneFenced(int lane) {}

  /** The lane is not owned here any more, or the relay stops. */
  default void laneStopped(int lane) {}
}
