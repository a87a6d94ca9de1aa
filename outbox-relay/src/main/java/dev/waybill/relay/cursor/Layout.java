package dev.waybill.relay.cursor;

import org.jspecify.annotations.Nullable;

/**
 * Into how many lanes the slots are divided. When that changes, the lanes of the layout before are
 * closed, and those of the next one go on from where they stood.
 *
 * @param generation 1, 2, 3 and so on with each change; 0 is that of a version of Waybill without
 *     slots, which had no record of it
 * @param lanes how many, 1 to {@value Slots#COUNT}
 * @param before whose lanes have to be closed first; null when the lanes of this one are all there
 */
public record Layout(int generation, int lanes, @Nullable Layout before) {
  /** One that is there. */
  public Layout(int generation, int lanes) {
    this(generation, lanes, null);
  }

  /** The next one, to which this one has to be changed. */
  public Layout next(int newLanes) {
    return new Layout(generation + 1, newLanes, new Layout(generation, lanes));
  }

  /** Once all of its lanes are there. */
  public Layout done() {
    return new Layout(generation, lanes);
  }

  /** Which slots a lane has. */
  public Slots slots(int lane) {
    return generation == 0 ? new Slots(lane, lane + 1) : Slots.of(lane, lanes);
  }
}
