package dev.waybill.relay.cursor;

import java.util.Optional;

/**
 * A range of the slots that writers stamp. An aggregate has one slot, so that whoever has a range
 * has all of an aggregate or nothing.
 *
 * @param from the first, 0 or more
 * @param to one past the last
 */
public record Slots(int from, int to) {
  /** What writers stamp lies below. */
  public static final int COUNT = 256;

  /** One past the largest number of the column, in which old rows have that of their old lane. */
  private static final int END = Short.MAX_VALUE + 1;

  public static final Slots ALL = new Slots(0, END);

  public Slots {
    if (from < 0 || to <= from || to > END) {
      throw new IllegalArgumentException("not a range of slots: from " + from + " to " + to);
    }
  }

  /**
   * Those of a lane; of all lanes, each slot is in one.
   *
   * @param lane from 0 on
   * @param lanes how many there are, 1 to {@value #COUNT}
   */
  public static Slots of(int lane, int lanes) {
    return new Slots(lane * COUNT / lanes, lane == lanes - 1 ? END : (lane + 1) * COUNT / lanes);
  }

  /** Those that are in both; empty when there are none. */
  public Optional<Slots> in(Slots other) {
    int first = Math.max(from, other.from);
    int end = Math.min(to, other.to);
    return first < end ? Optional.of(new Slots(first, end)) : Optional.empty();
  }
}
