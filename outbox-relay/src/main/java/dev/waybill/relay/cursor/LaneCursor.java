package dev.waybill.relay.cursor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a lane.
 *
 * @param position how far it has published, but for the aggregates that wait
 * @param topic where to; null in the cursors of a version that did not note it
 * @param waiting whose rows were passed without being published
 */
public record LaneCursor(
    Cursor position, @Nullable PublishedTopic topic, List<WaitingAggregate> waiting) {
  public LaneCursor {
    waiting = List.copyOf(waiting);
  }
}
