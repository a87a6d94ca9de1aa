package dev.waybill.relay.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.relay.cursor.Slots;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServer.class)
class SnapshotCursorTest {
  private final LaneUnderTest lane = LaneUnderTest.withLargePages();

  SnapshotCursorTest() throws SQLException {}

  @AfterEach
  void end() throws SQLException {
    lane.close();
  }

  @Test
  void emptyOutboxHasNothing() throws Exception {
    assertThat(lane.drain()).isEmpty();
    assertThat(lane.restart().drain()).isEmpty();
  }

  @Test
  void firstStartBeginsWithTheFirstRetainedRow() throws Exception {
    Writer.committed("a", 1);
    Writer.committed("b", 1);

    assertThat(lane.drain()).containsExactly("a:1", "b:1");
    assertThat(lane.drain()).isEmpty();
  }

  @Test
  void rowsThatCommitLateAreNotSkipped() throws Exception {
    lane.drain();
    try (Writer slow = Writer.begin()) {
      slow.append("slow", 1);
      Writer.committed("quick", 1);
      assertThat(lane.drain()).containsExactly("quick:1");

      slow.commit();
    }

    assertThat(lane.drain()).containsExactly("slow:1");
  }

  @Test
  void rowsThatCommitLateAreNotSkippedByTheNextOwnerEither() throws Exception {
    lane.drain();
    try (Writer slow = Writer.begin()) {
      slow.append("slow", 1);
      Writer.committed("quick", 1);
      lane.drain();
      lane.drain();

      slow.commit();
    }

    assertThat(lane.restart().drain()).containsExactly("slow:1");
    assertThat(lane.restart().drain()).isEmpty();
  }

  @Test
  void openTransactionDoesNotHoldBackOthers() throws Exception {
    lane.drain();
    try (Writer open = Writer.begin()) {
      open.append("open", 1);
      for (int version = 1; version <= 20; version++) {
        Writer.committed("a", version);
        assertThat(lane.drain()).containsExactly("a:" + version);
      }
      assertThat(NaiveCursors.belowXmin()).as("what `xid < xmin` would see").isEmpty();
    }
  }

  @Test
  void transactionThatTookItsNumberFirstButWroteTheAggregateSecondComesSecond() throws Exception {
    lane.drain();
    try (Writer second = Writer.begin();
        Writer open = Writer.begin()) {
      second.touch();
      open.touch();
      Writer.committed("a", 1);
      second.append("a", 2).commit();

      assertThat(lane.drain()).containsExactly("a:1", "a:2");
      assertThat(NaiveCursors.belowXmin()).as("what `xid < xmin` would see").containsExactly("a:2");
    }
  }

  @Test
  void cursorOfNumbersAloneWouldSkipWhatCommitsLate() throws Exception {
    lane.drain();
    try (Writer slow = Writer.begin()) {
      slow.append("slow", 1);
      Writer.committed("quick", 1);
      NaiveCursors naive = new NaiveCursors();
      assertThat(naive.aboveLastSeq()).containsExactly("quick:1");
      slow.commit();

      assertThat(naive.aboveLastSeq()).as("`seq > last` has skipped it").isEmpty();
    }
    assertThat(lane.drain()).containsExactly("slow:1", "quick:1");
  }

  @Test
  void rollbackLeaksNothing() throws Exception {
    lane.drain();
    try (Writer writer = Writer.begin()) {
      writer.append("a", 1);
      lane.drain();
      writer.rollback();
      assertThat(lane.drain()).isEmpty();
      writer.append("a", 1).commit();
    }

    assertThat(lane.drain()).containsExactly("a:1");
  }

  @Test
  void rollbackToASavepointLeaksNothingAndKeepsTheRest() throws Exception {
    lane.drain();
    try (Writer writer = Writer.begin()) {
      writer.append("kept", 1);
      Savepoint savepoint = writer.savepoint();
      writer.append("gone", 1);
      lane.drain();
      writer.rollback(savepoint);
      writer.savepoint();
      writer.append("kept", 2);
      Writer.committed("other", 1);
      assertThat(lane.drain()).containsExactly("other:1");
      writer.commit();
    }

    assertThat(lane.drain()).containsExactly("kept:1", "kept:2");
  }

  @Test
  void preparedTransactionIsPublishedWhenItCommits() throws Exception {
    lane.drain();
    try (Writer writer = Writer.begin()) {
      writer.append("prepared", 1).execute("PREPARE TRANSACTION 'later'");
    }
    Writer.committed("a", 1);
    assertThat(lane.drain()).containsExactly("a:1");
    assertThat(lane.restart().drain()).isEmpty();

    SharedServer.execute("COMMIT PREPARED 'later'");

    assertThat(lane.drain()).containsExactly("prepared:1");
  }

  @Test
  void aggregateIdIsItsTextWhateverIsInIt() throws Exception {
    String[] ids = {"back\\slash", "\\x6162", "\\101", "ı-ü-😀", "quote'd"};
    for (String id : ids) {
      Writer.committed(id, 1);
    }

    assertThat(lane.drain())
        .containsExactly("back\\slash:1", "\\x6162:1", "\\101:1", "ı-ü-😀:1", "quote'd:1");
    for (String id : ids) {
      Writer.committed(id, 2);
    }
    assertThat(lane.drain())
        .containsExactly("back\\slash:2", "\\x6162:2", "\\101:2", "ı-ü-😀:2", "quote'd:2");
  }

  @Test
  void rangesOfSlotsAreSeparate() throws Exception {
    PageLimits limits = new PageLimits(1_000, 1 << 20);
    try (LaneUnderTest first = new LaneUnderTest(SharedServer.outbox(), Slots.of(0, 2), limits);
        LaneUnderTest other = new LaneUnderTest(SharedServer.outbox(), Slots.of(1, 2), limits);
        Writer writer = Writer.begin()) {
      first.drain();
      writer.append(128, "b", 1, 10).append(127, "a", 1, 10).append(255, "c", 2, 10).commit();

      assertThat(first.drain()).containsExactly("a:1");
      assertThat(other.drain()).containsExactly("b:1", "c:2");
    }
  }

  @Test
  void readerNeedsNoRightButToSelect() throws Exception {
    SharedServer.execute("DROP ROLE IF EXISTS reader");
    SharedServer.execute("CREATE ROLE reader LOGIN");
    SharedServer.execute("GRANT SELECT ON outbox_event, outbox_schema TO reader");
    Writer.committed("a", 1);

    try (LaneUnderTest modest =
        new LaneUnderTest(
            SharedServer.outbox("reader"), Slots.ALL, new PageLimits(1_000, 1 << 20))) {
      assertThat(modest.drain()).containsExactly("a:1");
      assertThat(modest.restart().drain()).isEmpty();
    } finally {
      SharedServer.execute("DROP OWNED BY reader");
      SharedServer.execute("DROP ROLE reader");
    }
  }
}
