package dev.waybill.relay.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.DatabaseIdentity;
import dev.waybill.relay.cursor.LaneCursor;
import dev.waybill.relay.cursor.Layout;
import dev.waybill.relay.cursor.Part;
import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.prune.Prune;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes, what stays, and what is said of it. */
@ExtendWith(SharedServer.class)
class PruneTest {
  private static final Duration REWIND = Duration.ofHours(24);

  private static final Layout LAYOUT = new Layout(1, 2);

  private final LaneUnderTest lane =
      new LaneUnderTest(SharedServer.outbox(), LAYOUT.slots(0), new PageLimits(3, 1 << 20));
  private final Map<Integer, Cursor> cursors = new HashMap<>();
  private List<WaitingAggregate> waiting = List.of();

  PruneTest() throws SQLException {}

  @AfterEach
  void end() throws SQLException {
    lane.close();
  }

  @Test
  void rowsThatEveryLaneHasPassedGoWhenTheyAreOld() throws Exception {
    write("old", 5);
    age("10 days");
    write("young", 2);
    published();

    assertThat(prune(true)).contains("deleted 5 rows");
    assertThat(left()).isEqualTo("young:1 young:2");
    assertThat(prune(true)).as("once more").contains("deleted 0 rows");
  }

  @Test
  void dryRunDeletesNothing() throws Exception {
    write("old", 5);
    age("10 days");
    write("young", 1);
    published();

    assertThat(prune(false)).contains("would delete 5 rows");
    assertThat(left()).startsWith("old:1 old:2").endsWith("young:1");
  }

  @Test
  void rowThatCommittedLateWithALowSeqIsKeptUntilItIsPublished() throws Exception {
    try (Writer late = Writer.begin()) {
      late.append("late", 1);
      write("old", 2);
      published();
      late.commit();
      age("10 days");
      write("young", 1);

      assertThat(prune(true))
          .contains("deleted 1 rows", "lane 0 keeps 1 rows: its cursor has not passed them");
      assertThat(left()).isEqualTo("late:1 old:2 young:1");

      published();
      prune(true);
      assertThat(left()).isEqualTo("young:1");
    }
  }

  @Test
  void windowThatIsOpenHoldsItsRest() throws Exception {
    write("a", 1);
    published();
    write("b", 8);
    age("10 days");
    lane.page();
    cursors.put(0, lane.cursor());

    assertThat(prune(true))
        .contains("lane 0 keeps 5 rows", "a window that is published up to seq 4");
    assertThat(left()).isEqualTo("b:3 b:4 b:5 b:6 b:7 b:8");
  }

  @Test
  void firstReadHoldsItsRestAlsoOfWhatADumpBrought() throws Exception {
    write("a", 8);
    age("10 days");
    SharedServer.execute("UPDATE outbox_event SET xid = '987654321987'");
    lane.page();
    cursors.put(0, lane.cursor());

    prune(true);
    assertThat(left()).as("a rewind would go back to the first").startsWith("a:1 a:2 a:3 a:4");
    assertThat(prune(false)).contains("lane 0 keeps 5 rows");

    published();
    prune(true);
    assertThat(left()).as("the last one published").isEqualTo("a:8");
  }

  @Test
  void laneWithoutACursorHoldsItsRowsAndNobodyElses() throws Exception {
    write("a", 3);
    try (Writer writer = Writer.begin()) {
      writer.append(128, "other", 1, 10).commit();
    }
    age("10 days");
    published();

    assertThat(prune(true)).contains("lane 1 keeps 1 rows: it has no cursor");
    assertThat(left()).isEqualTo("a:3 other:1");
  }

  @Test
  void laneWithoutRowsHoldsNobody() throws Exception {
    assertThat(prune(true)).contains("deleted 0 rows");
  }

  @Test
  void databaseOfAnotherHistoryIsLeftToTheRelay() throws Exception {
    write("a", 3);
    age("10 days");
    published();
    Cursor cursor = lane.cursor();
    cursors.put(
        0,
        new Cursor(
            new DatabaseIdentity("1234", 1),
            cursor.seen(),
            null,
            cursor.readAt(),
            0,
            cursor.landmark()));

    assertThat(prune(true))
        .contains("lane 0 keeps 3 rows: the cursor is of database 1234", "run the relay");
    assertThat(left()).isEqualTo("a:1 a:2 a:3");
  }

  @Test
  void rewindOfALaneThatHasBeenQuietKeepsItsRows() throws Exception {
    write("a", 3);
    age("10 days");
    published();
    cursors.put(
        0,
        lane.cursor()
            .at(lane.cursor().seen(), Clock.systemUTC().instant().minus(Duration.ofDays(10))));

    prune(true);

    assertThat(left()).isEqualTo("a:1 a:2 a:3");
  }

  @Test
  void timesOfTheWritersMakeNoRowOfTodayOld() throws Exception {
    write("a", 3);
    age("10 days");
    write("young", 1);
    write("claimed", 1);
    SharedServer.execute(
        "UPDATE outbox_event SET occurred_at = '-infinity' WHERE aggregate_id = 'claimed'");
    published();

    prune(true);

    assertThat(left()).isEqualTo("young:1 claimed:1");
  }

  @Test
  void timeThatIsNoTimeKeepsNoRow() throws Exception {
    write("a", 3);
    age("10 days");
    SharedServer.execute("UPDATE outbox_event SET occurred_at = 'infinity' WHERE seq = 2");
    write("young", 1);
    published();

    prune(true);

    assertThat(left()).isEqualTo("young:1");
  }

  @Test
  void goesInStepsThroughMoreRowsThanOne() throws Exception {
    SharedServer.execute(
        """
        INSERT INTO outbox_event (slot, event_id, aggregate_type, aggregate_id, aggregate_version,
                                  event_type, occurred_at)
        SELECT 0, gen_random_uuid(), 'thing', 'a', i, 'Happened', now() - interval '10 days'
        FROM generate_series(1, 12345) AS i
        """);
    write("young", 1);
    try (LaneUnderTest fast = LaneUnderTest.withLargePages()) {
      cursors.put(0, fast.drained());
    }

    assertThat(prune(true)).contains("deleted 12345 rows");
    assertThat(left()).isEqualTo("young:1");
  }

  @Test
  void rowsOfAnAggregateThatWaitsStayWithAllBehindThem() throws Exception {
    write("a", 3);
    write("refused", 2);
    write("b", 2);
    age("10 days");
    published();
    long first =
        Long.parseLong(
            SharedServer.value("SELECT min(seq) FROM outbox_event WHERE aggregate_id = 'refused'"));
    waiting =
        List.of(
            new WaitingAggregate(
                "refused", first, UUID.randomUUID(), null, "event_refused", "too large"));

    assertThat(prune(true)).contains("deleted 3 rows", "aggregate refused waits since event");
    assertThat(left()).isEqualTo("refused:1 refused:2 b:1 b:2");
  }

  @Test
  void roleThatMayDeleteNeedsNoOtherRight() throws Exception {
    SharedServer.execute("CREATE ROLE pruner LOGIN");
    SharedServer.execute("GRANT SELECT, DELETE ON outbox_event TO pruner");
    try {
      write("a", 2);
      age("10 days");
      write("young", 1);
      published();

      assertThat(prune(SharedServer.outbox("pruner"), true)).contains("deleted 2 rows");
    } finally {
      SharedServer.execute("DROP OWNED BY pruner");
      SharedServer.execute("DROP ROLE pruner");
    }
  }

  private String prune(boolean delete) throws Exception {
    return prune(SharedServer.outbox(), delete);
  }

  private String prune(OutboxDatabase database, boolean delete) throws Exception {
    StringWriter said = new StringWriter();
    try (PrunedOutbox outbox = PrunedOutbox.open(database)) {
      new Prune(
              outbox, () -> List.of(stored(0), stored(1)), new PrintWriter(said), Clock.systemUTC())
          .run(Duration.ofDays(7), REWIND, delete);
    }
    return said.toString();
  }

  private LaneCursor stored(int number) {
    List<Part> all = List.of(new Part(LAYOUT.slots(number), cursors.get(number)));
    return new LaneCursor(LAYOUT, all, null, number == 0 ? waiting : List.of(), List.of(), false);
  }

  private void published() throws SQLException {
    cursors.put(0, lane.drained());
  }

  private static void write(String aggregate, int versions) throws SQLException {
    for (int version = 1; version <= versions; version++) {
      Writer.committed(aggregate, version);
    }
  }

  /** Makes all rows that there are this old. */
  private static void age(String interval) throws SQLException {
    SharedServer.execute(
        "UPDATE outbox_event SET occurred_at = now() - interval '%s'".formatted(interval));
  }

  private static String left() throws SQLException {
    return SharedServer.value(
        "SELECT string_agg(aggregate_id || ':' || aggregate_version, ' ' ORDER BY seq)"
            + " FROM outbox_event");
  }
}
