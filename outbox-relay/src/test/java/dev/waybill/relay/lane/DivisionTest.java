package dev.waybill.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.DatabaseIdentity;
import dev.waybill.relay.cursor.LaneCursor;
import dev.waybill.relay.cursor.Layout;
import dev.waybill.relay.cursor.Part;
import dev.waybill.relay.cursor.Slots;
import dev.waybill.relay.cursor.Snapshot;
import dev.waybill.relay.cursor.WaitingAggregate;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DivisionTest {
  private static final int END = Slots.ALL.to();

  @Test
  void laneThatIsDividedGivesItsCursorToItsParts() {
    Layout next = new Layout(1, 1).next(4);
    LaneCursor only = closed(new Layout(1, 1), 0, at(7));

    assertThat(parts(next, 0, List.of(only))).containsExactly(new Part(new Slots(0, 64), at(7)));
    assertThat(parts(next, 2, List.of(only))).containsExactly(new Part(new Slots(128, 192), at(7)));
    assertThat(parts(next, 3, List.of(only))).containsExactly(new Part(new Slots(192, END), at(7)));
  }

  @Test
  void lanesThatAreJoinedKeepTheirPlacesAndThoseAtOnePlaceAreOne() {
    Layout before = new Layout(2, 4);
    List<LaneCursor> closed =
        List.of(
            closed(before, 0, at(7)),
            closed(before, 1, at(7)),
            closed(before, 2, null),
            closed(before, 3, at(9)));

    assertThat(parts(before.next(1), 0, closed))
        .containsExactly(
            new Part(new Slots(0, 128), at(7)),
            new Part(new Slots(128, 192), null),
            new Part(new Slots(192, END), at(9)));
    assertThat(parts(before.next(3), 1, closed))
        .containsExactly(new Part(new Slots(85, 128), at(7)), new Part(new Slots(128, 170), null));
  }

  @Test
  void everySlotOfEveryLaneHasOnePart() {
    for (int lanes = 1; lanes <= Slots.COUNT; lanes++) {
      Layout next = new Layout(1, 1).next(lanes);
      int reached = 0;
      for (int lane = 0; lane < lanes; lane++) {
        for (Part part : parts(next, lane, List.of(closed(new Layout(1, 1), 0, at(7))))) {
          assertThat(part.slots().from()).isEqualTo(reached);
          reached = part.slots().to();
        }
      }
      assertThat(reached).isEqualTo(END);
    }
  }

  @Test
  void whatNoLaneOfAVersionWithoutSlotsHadBeginsWithTheFirstRow() {
    Layout without = new Layout(0, 2);

    assertThat(
            parts(
                without.next(1), 0, List.of(closed(without, 0, at(7)), closed(without, 1, at(9)))))
        .containsExactly(
            new Part(new Slots(0, 1), at(7)),
            new Part(new Slots(1, 2), at(9)),
            new Part(new Slots(2, END), null));
  }

  @Test
  void aggregatesThatWaitGoAlongFromTheirFirstRowOn() {
    Layout before = new Layout(2, 2);
    UUID passed = UUID.randomUUID();
    List<LaneCursor> closed =
        List.of(
            new LaneCursor(
                before,
                List.of(new Part(before.slots(0), at(7))),
                null,
                List.of(waiting("a", 5), waiting("b", 6)),
                List.of(passed),
                true),
            new LaneCursor(
                before,
                List.of(new Part(before.slots(1), at(7))),
                null,
                List.of(waiting("a", 3)),
                List.of(passed),
                true));

    LaneCursor joined = new Division(before.next(1).done(), closed).cursor(0);

    assertThat(joined.waiting())
        .extracting(WaitingAggregate::aggregateId, WaitingAggregate::firstSeq)
        .containsExactly(tuple("a", 3L), tuple("b", 6L));
    assertThat(joined.quarantined()).containsExactly(passed);
    assertThat(joined.closed()).isFalse();
  }

  private static List<Part> parts(Layout next, int lane, List<LaneCursor> closed) {
    return new Division(next.done(), closed).cursor(lane).parts();
  }

  private static LaneCursor closed(Layout layout, int lane, @Nullable Cursor cursor) {
    List<Part> all = List.of(new Part(layout.slots(lane), cursor));
    return new LaneCursor(layout, all, null, List.of(), List.of(), true);
  }

  private static Cursor at(long xmax) {
    Snapshot seen = new Snapshot(xmax, xmax, List.of());
    return new Cursor(new DatabaseIdentity("7", 1), seen, null, Instant.EPOCH, 0, null);
  }

  private static WaitingAggregate waiting(String aggregate, long firstSeq) {
    return new WaitingAggregate(aggregate, firstSeq, new UUID(7, 7), null, "other", "why");
  }
}
