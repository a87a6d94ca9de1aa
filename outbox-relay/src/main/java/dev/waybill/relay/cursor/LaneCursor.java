package dev.waybill.relay.cursor;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a lane.
 *
 * @param position how far it has published, but for the aggregates that wait
 * @param topic where to; null in the cursors of a version that did not note it
 * @param waiting whose rows were passed without being published
 * @param quarantined the events that are never published, because a person let them pass; the
 *     newest last
 */
public record LaneCursor(
    Cursor position,
    @Nullable PublishedTopic topic,
    List<WaitingAggregate> waiting,
    List<UUID> quarantined) {
  /** How many quarantined events a lane remembers: the newest. */
  public static final int REMEMBERED = 100;

  public LaneCursor {
    waiting = List.copyOf(waiting);
    quarantined = List.copyOf(quarantined);
  }

  /** With an event let pass that is refused; what waits behind it comes next. */
  public LaneCursor letPass(WaitingAggregate refused) {
    List<UUID> all = new ArrayList<>(quarantined);
    all.add(refused.eventId());
    return new LaneCursor(
        position,
        topic,
        waiting.stream().map(one -> one.equals(refused) ? one.behindIt() : one).toList(),
        all.subList(Math.max(0, all.size() - REMEMBERED), all.size()));
  }
}
