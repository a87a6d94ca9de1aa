package dev.waybill.relay.cursor;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a lane.
 *
 * @param layout of which the lane is one; its lanes are all there
 * @param parts how far its slots are published, but for the aggregates that wait; one, unless lanes
 *     were joined that stood at different places
 * @param topic where to; null in the cursors of a version that did not note it
 * @param waiting whose rows were passed without being published
 * @param quarantined the events that are never published, because a person let them pass; the
 *     newest last
 * @param closed whether its rows are the next layout's, and nobody publishes from here any more
 */
public record LaneCursor(
    Layout layout,
    List<Part> parts,
    @Nullable PublishedTopic topic,
    List<WaitingAggregate> waiting,
    List<UUID> quarantined,
    boolean closed) {
  /** How many quarantined events a lane remembers: the newest. */
  public static final int REMEMBERED = 100;

  public LaneCursor {
    parts = List.copyOf(parts);
    waiting = List.copyOf(waiting);
    quarantined = List.copyOf(quarantined);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a lane has at least one part");
    }
  }

  /** Of a lane whose slots all stand at one place. */
  public LaneCursor(
      Layout layout,
      Slots slots,
      Cursor cursor,
      @Nullable PublishedTopic topic,
      List<WaitingAggregate> waiting,
      List<UUID> quarantined) {
    this(layout, List.of(new Part(slots, cursor)), topic, waiting, quarantined, false);
  }

  /**
   * Of a lane that has published nothing.
   *
   * @param topic where its events go to; null when that is not known
   */
  public static LaneCursor unwritten(Layout layout, int lane, @Nullable PublishedTopic topic) {
    List<Part> all = List.of(new Part(layout.slots(lane), null));
    return new LaneCursor(layout, all, topic, List.of(), List.of(), false);
  }

  /** Where all of its slots stand; null where they begin, or stand at different places. */
  public @Nullable Cursor position() {
    return isWhole() ? parts.get(0).cursor() : null;
  }

  /** Whether all of its slots stand at one place. */
  public boolean isWhole() {
    return parts.size() == 1;
  }

  /** As the last thing that is said of the lane. */
  public LaneCursor close() {
    return new LaneCursor(layout, parts, topic, waiting, quarantined, true);
  }

  /** With an event let pass that is refused; what waits behind it comes next. */
  public LaneCursor letPass(WaitingAggregate refused) {
    List<UUID> all = new ArrayList<>(quarantined);
    all.add(refused.eventId());
    return new LaneCursor(
        layout,
        parts,
        topic,
        waiting.stream().map(one -> one.equals(refused) ? one.behindIt() : one).toList(),
        all.subList(Math.max(0, all.size() - REMEMBERED), all.size()),
        closed);
  }
}
