package dev.waybill.relay.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.Slots;
import dev.waybill.relay.cursor.Snapshot;
import dev.waybill.relay.cursor.Window;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServer.class)
class WindowTest {

  @Test
  void windowLargerThanAPageIsReadInPagesByRows() throws Exception {
    try (LaneUnderTest lane = LaneUnderTest.of(4, 1 << 20)) {
      lane.drain();
      write("a", 1, 10);

      assertThat(lane.page()).containsExactlyElementsOf(names("a", 1, 4));
      assertThat(lane.page()).containsExactlyElementsOf(names("a", 5, 8));
      assertThat(lane.page()).containsExactlyElementsOf(names("a", 9, 10));
      assertThat(lane.page()).isEmpty();
      assertThat(lane.cursor().window()).isNull();
    }
  }

  @Test
  void windowLargerThanAPageIsReadInPagesByBytes() throws Exception {
    try (LaneUnderTest lane = LaneUnderTest.of(100, 250)) {
      lane.drain();
      try (Writer writer = Writer.begin()) {
        for (int version = 1; version <= 7; version++) {
          writer.append(0, "a", version, 100);
        }
        writer.commit();
      }

      assertThat(lane.page()).containsExactlyElementsOf(names("a", 1, 2));
      assertThat(lane.page()).containsExactlyElementsOf(names("a", 3, 4));
      assertThat(lane.page()).containsExactlyElementsOf(names("a", 5, 6));
      assertThat(lane.page()).containsExactly("a:7");
    }
  }

  @Test
  void rowLargerThanThePageComesAlone() throws Exception {
    try (LaneUnderTest lane = LaneUnderTest.of(100, 250)) {
      lane.drain();
      try (Writer writer = Writer.begin()) {
        writer.append(0, "large", 1, 100_000).commit();
        assertThat(lane.page()).containsExactly("large:1");
        assertThat(lane.lastPage().rows().get(0).payload()).hasSize(100_000);

        writer.append(0, "large", 2, 100_000).append(0, "small", 1, 1).commit();
        assertThat(lane.page()).containsExactly("large:2");
        assertThat(lane.page()).containsExactly("small:1");
      }
    }
  }

  @Test
  void nextOwnerResumesInTheMiddleOfAWindow() throws Exception {
    try (LaneUnderTest lane = LaneUnderTest.of(4, 1 << 20)) {
      lane.drain();
      write("a", 1, 10);
      lane.page();
      write("b", 1, 3);

      assertThat(lane.restart().page()).containsExactlyElementsOf(names("a", 5, 8));
      assertThat(lane.restart().page()).containsExactlyElementsOf(names("a", 9, 10));
      assertThat(lane.restart().drain()).containsExactlyElementsOf(names("b", 1, 3));
    }
  }

  @Test
  void firstStartWithManyRowsResumesInTheMiddleToo() throws Exception {
    try (LaneUnderTest lane = LaneUnderTest.of(4, 1 << 20)) {
      write("a", 1, 10);
      lane.page();

      assertThat(lane.restart().drain()).containsExactlyElementsOf(names("a", 5, 10));
    }
  }

  @Test
  void rowsThatCommitDuringAWindowBelongToTheNext() throws Exception {
    try (LaneUnderTest lane = LaneUnderTest.of(4, 1 << 20);
        Writer slow = Writer.begin()) {
      lane.drain();
      write("a", 1, 5);
      slow.append("slow", 1);
      write("a", 6, 6);
      lane.page();
      slow.commit();

      assertThat(lane.restart().page()).containsExactlyElementsOf(names("a", 5, 6));
      assertThat(lane.page()).containsExactly("slow:1");
    }
  }

  @Test
  void ordersTheLateRowsOfAWindowAmongTheOthers() throws Exception {
    try (LaneUnderTest lane = LaneUnderTest.of(3, 1 << 20);
        Writer late = Writer.begin()) {
      lane.drain();
      late.append("late", 1);
      Writer.committed("a", 1);
      lane.drain();
      write("a", 2, 4);
      late.append("late", 2);
      write("a", 5, 6);
      late.commit();

      assertThat(lane.drain())
          .containsExactly("late:1", "a:2", "a:3", "a:4", "late:2", "a:5", "a:6");
    }
  }

  @Test
  void oneOldTransactionDoesNotMakeAWindowReadAllThatLiesBetween() throws Exception {
    try (LaneUnderTest lane = LaneUnderTest.of(3, 1 << 20);
        Writer old = Writer.begin()) {
      lane.drain();
      old.append("old", 1).append("old", 2).append("old", 3).append("old", 4);
      Writer.committed("a", 1);
      lane.drain();
      skipTo(50_000_000);
      write("a", 2, 9);
      old.append("old", 5).commit();

      assertThat(lane.page()).containsExactlyElementsOf(names("old", 1, 3));
      Window window = Objects.requireNonNull(lane.cursor().window());
      assertThat(window.denseFrom()).isEqualTo(50_000_000);
      assertThat(lane.restart().drain())
          .containsExactly(
              "old:4", "a:2", "a:3", "a:4", "a:5", "a:6", "a:7", "a:8", "a:9", "old:5");
    }
  }

  @Test
  void lateRowsThatWereDeletedHideNoneBehindThem() throws Exception {
    try (LaneUnderTest lane = withLateRows()) {
      assertThat(lane.page()).containsExactly("late:1", "late:2");
      SharedServer.execute("DELETE FROM outbox_event WHERE seq BETWEEN 3 AND 6");

      assertThat(lane.drain()).containsExactly("late:7", "late:8", "a:2", "late:9");
    }
  }

  @Test
  void lateRowsBeyondThoseThatAreRememberedAreLookedUpAgain() throws Exception {
    try (LaneUnderTest lane = withLateRows()) {
      lane.page();
      Cursor cursor = lane.cursor();
      Window window = Objects.requireNonNull(cursor.window());
      OutboxDatabase.Session session = SharedServer.outbox().connect();
      try (Connection connection = session.connection()) {
        assertThat(connection.isValid(1)).isTrue();
        LateRows rows =
            new LateRows(new OutboxQueries(session, Slots.ALL, new PageLimits(2, 1 << 20)), 2, 3);
        List<Long> seqs = new ArrayList<>();
        List<OutboxRow> page = rows.page(cursor, window);
        while (!page.isEmpty()) {
          page.forEach(row -> seqs.add(row.seq()));
          window = window.after(seqs.get(seqs.size() - 1));
          page = rows.page(cursor, window);
        }
        assertThat(seqs).containsExactly(3L, 4L, 5L, 6L, 7L, 8L);
      }
    }
  }

  /** A window with eight rows of a transaction that was in progress, long before the others. */
  private static LaneUnderTest withLateRows() throws SQLException {
    LaneUnderTest lane = LaneUnderTest.of(2, 1 << 20);
    try (Writer late = Writer.begin()) {
      lane.drain();
      for (int version = 1; version <= 8; version++) {
        late.append("late", version);
      }
      Writer.committed("a", 1);
      lane.drain();
      skipTo(50_000_000);
      Writer.committed("a", 2);
      late.append("late", 9).commit();
    }
    return lane;
  }

  @Test
  void windowOfOldTransactionsAloneIsReadInPages() throws Exception {
    try (LaneUnderTest lane = LaneUnderTest.of(3, 1 << 20);
        Writer old = Writer.begin()) {
      lane.drain();
      old.append("old", 1);
      Writer.committed("a", 1);
      lane.drain();
      skipTo(1_000_000);
      old.append("old", 2).append("old", 3).append("old", 4).append("old", 5).commit();

      assertThat(lane.page()).containsExactlyElementsOf(names("old", 1, 3));
      assertThat(lane.restart().drain()).containsExactlyElementsOf(names("old", 4, 5));
    }
  }

  @Test
  void noStatementWalksMoreThanAStretchToFindTheRowsOfALane() throws Exception {
    try (LaneUnderTest lane = LaneUnderTest.of(2, 1 << 20)) {
      write("a", 1, 2);
      skipTo(3_500_000);
      write("a", 3, 5);

      assertThat(lane.page()).containsExactly("a:1", "a:2");
      assertThat(lane.page()).as("a stretch without rows").isEmpty();
      assertThat(lane.cursor().window()).isNotNull();
      assertThat(lane.drain()).containsExactly("a:3", "a:4", "a:5");
    }
  }

  /** In stretches of a row and more, a transaction of five rows among them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1_000_000})
  void boundsOfAWindowAreTheSameInStretchesOfAnyLength(int stretch) throws Exception {
    try (Writer late = Writer.begin();
        Writer open = Writer.begin()) {
      late.append("late", 1);
      open.append("open", 1);
      Writer.committed("a", 1);
      Snapshot seen = Snapshot.parse(SharedServer.value("SELECT pg_current_snapshot()::text"));
      try (Writer five = Writer.begin()) {
        five.append("a", 2).append("a", 3).append("a", 4).append("a", 5).append("a", 6).commit();
      }
      late.append("late", 2).commit();
      write("a", 7, 8);
      Snapshot upTo = Snapshot.parse(SharedServer.value("SELECT pg_current_snapshot()::text"));
      Writer.committed("b", 1);

      OutboxDatabase.Session session = SharedServer.outbox().connect();
      try (Connection connection = session.connection()) {
        Bounds bounds =
            OneSnapshot.of(
                connection, new BoundsWalk(connection, Slots.ALL, seen, upTo, 0, stretch)::bounds);
        assertThat(bounds.firstLate()).isEqualTo(1);
        assertThat(bounds.first()).isEqualTo(4);
        assertThat(bounds.last()).isEqualTo(11);
        assertThat(bounds.size()).isGreaterThanOrEqualTo(9);
        assertThat(bounds.newest()).isEqualTo(upTo.xmax() - 1);
      }
    }
  }

  private static void write(String aggregate, int from, int to) throws SQLException {
    for (int version = from; version <= to; version++) {
      Writer.committed(aggregate, version);
    }
  }

  private static void skipTo(long seq) throws SQLException {
    SharedServer.execute(
        "SELECT setval(pg_get_serial_sequence('outbox_event', 'seq'), %s, false)".formatted(seq));
  }

  private static List<String> names(String aggregate, int from, int to) {
    return new ArrayList<>(
        IntStream.rangeClosed(from, to).mapToObj(version -> aggregate + ":" + version).toList());
  }
}
