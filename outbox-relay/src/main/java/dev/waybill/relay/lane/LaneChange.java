package dev.waybill.relay.lane;

import dev.waybill.relay.cursor.LaneCursor;
import dev.waybill.relay.cursor.Layout;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Changes how many lanes there are, while the relay runs.
 *
 * <p>In one transaction of lane 0, that lane is closed and the next layout begun: whoever owns a
 * lane of the old one is fenced when that is closed, too, finds that, and publishes no more from
 * it. A closed lane does not change any more, so the lanes of the next layout follow from them, and
 * whoever is killed in the middle, somebody else does the rest: the steps are the same, and each is
 * taken once. The change is done with the first record of the new lane 0, which comes last.
 */
public final class LaneChange {
  private final MomentaryOwner owner;
  private final CursorTopic cursors;

  /** Opens nothing yet. */
  public LaneChange(Lanes.KafkaSide kafka) {
    this.owner = new MomentaryOwner(new LaneProducers(kafka, List.of(), new SimpleMeterRegistry()));
    this.cursors = new CursorTopic(kafka);
  }

  /**
   * Begins a change. Blocks.
   *
   * @param lanes how many there are to be. Where a version without slots has left its lanes, there
   *     is one at first, whatever is asked for: rows that it has not published are in no order with
   *     those of their aggregates' slots but in a lane that has them all
   * @return the layout now; the change is still to be completed when it has one before it
   * @throws LaneChangeRefusedException when lanes cannot be changed now; nothing was
   * @throws org.apache.kafka.common.KafkaException when it is not known to be begun
   */
  public Layout begin(int lanes) throws SQLException {
    return begin(cursors.layout(), lanes);
  }

  /**
   * Begins the first layout, with one lane, where there is none. Otherwise as {@link #begin}.
   *
   * @return the layout now, whichever it is
   */
  Layout beginFirst() throws SQLException {
    Layout stored = cursors.layout();
    return stored == null ? begin(null, 1) : stored;
  }

  private Layout begin(@Nullable Layout stored, int lanes) throws SQLException {
    Layout now = stored == null ? cursors.layoutWithoutSlots() : stored;
    boolean withoutSlots = now != null && now.generation() == 0;
    int wanted = withoutSlots ? 1 : lanes;
    if (now != null && (now.before() != null || (now.lanes() == wanted && !withoutSlots))) {
      return now;
    }
    refuseTooMany(wanted);
    if (now != null && !withoutSlots) {
      refuseUnsettled(now);
    }
    return begin(stored, now == null ? new Layout(1, wanted) : now.next(wanted));
  }

  /** What was looked at may have changed until lane 0 is owned; then it begins anew. */
  private Layout begin(@Nullable Layout seen, Layout next) throws SQLException {
    return owner.own(
        0,
        commit -> {
          Layout now = cursors.layout();
          if (!Objects.equals(now, seen)) {
            return now == null ? next : now;
          }
          Layout before = next.before();
          commit.all(
              before == null
                  ? List.of(cursors.record(next))
                  : List.of(
                      cursors.record(0, cursors.lane(0, before).close()), cursors.record(next)));
          return next;
        });
  }

  private void refuseTooMany(int lanes) {
    int partitions = cursors.partitions();
    if (lanes > partitions) {
      throw new LaneChangeRefusedException(
          ("topic %s has %s partitions, and each lane has one of its own; first:"
                  + " kafka-topics.sh --alter --topic %s --partitions %s")
              .formatted(cursors.topic(), partitions, cursors.topic(), lanes));
    }
  }

  private void refuseUnsettled(Layout layout) {
    List<LaneCursor> lanes = cursors.lanes(layout);
    for (int lane = 0; lane < lanes.size(); lane++) {
      if (!lanes.get(lane).isWhole()) {
        throw new LaneChangeRefusedException(
            "lane %s still joins those that it was made of; try again soon, with a relay running"
                .formatted(lane));
      }
      if (!lanes.get(lane).waiting().isEmpty()) {
        throw new LaneChangeRefusedException(
            "lane %s has aggregates that wait; put that right or quarantine their events first: %s"
                .formatted(lane, lanes.get(lane).waiting()));
      }
    }
  }

  /**
   * Closes the lanes of the layout before, and opens those of this one where they stood. Blocks.
   *
   * @return the layout, done; or the one that somebody has gone on to
   * @throws org.apache.kafka.common.KafkaException when it is not known to be done; the next try
   *     does the rest
   */
  public Layout complete(Layout changing) throws SQLException {
    Layout before = changing.before();
    if (before == null) {
      return changing;
    }
    List<LaneCursor> closed = new ArrayList<>();
    for (int lane = 0; lane < before.lanes(); lane++) {
      closed.add(close(before, lane));
    }
    Division division = new Division(changing.done(), closed);
    Layout now = changing;
    for (int lane = changing.lanes() - 1; lane >= 0; lane--) {
      now = open(changing, lane, division.cursor(lane));
    }
    return now;
  }

  private LaneCursor close(Layout layout, int lane) throws SQLException {
    LaneCursor known = cursors.lane(lane, layout);
    return known.closed()
        ? known
        : owner.own(
            lane,
            commit -> {
              LaneCursor cursor = cursors.lane(lane, layout);
              if (!cursor.closed()) {
                cursor = cursor.close();
                commit.all(List.of(cursors.record(lane, cursor)));
              }
              return cursor;
            });
  }

  private Layout open(Layout changing, int lane, LaneCursor cursor) throws SQLException {
    return owner.own(
        lane,
        commit -> {
          Layout now = cursors.layout();
          if (!changing.equals(now)) {
            return now == null ? changing : now; // Somebody was faster.
          }
          if (lane == 0) {
            commit.all(List.of(cursors.record(0, cursor), cursors.record(changing.done())));
            return changing.done();
          }
          if (cursors.last(lane, changing.generation()) == null) {
            commit.all(List.of(cursors.record(lane, cursor)));
          }
          return changing;
        });
  }
}
