package dev.waybill.relay.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.DatabaseIdentity;
import dev.waybill.relay.cursor.Landmark;
import dev.waybill.relay.cursor.Snapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cursor that is not of the database as it is now. */
@ExtendWith(SharedServer.class)
class HistoryTest {
  private final LaneUnderTest lane = LaneUnderTest.of(3, 1 << 20);

  HistoryTest() throws SQLException {}

  @AfterEach
  void end() throws SQLException {
    lane.close();
  }

  @Test
  void anotherClusterIsReadFromTheRewindOn() throws Exception {
    oldAndNew();
    lane.drain();
    Cursor cursor = lane.cursor();

    lane.restartFrom(of(new DatabaseIdentity("1234", cursor.database().timeline()), cursor));

    assertThat(lane.page()).containsExactly("new:1", "new:2", "new:3");
    assertThat(lane.lastPage().rewound()).contains("1234 timeline 1", "this is");
    assertThat(lane.drain()).containsExactly("new:4");
    assertThat(lane.lastPage().rewound()).isNull();
    assertThat(lane.restart().drain()).isEmpty();
  }

  @Test
  void anotherTimelineIsReadFromTheRewindOn() throws Exception {
    oldAndNew();
    lane.drain();
    Cursor cursor = lane.cursor();

    lane.restartFrom(of(new DatabaseIdentity(cursor.database().systemIdentifier(), 7), cursor));

    assertThat(lane.drain()).containsExactly("new:1", "new:2", "new:3", "new:4");
  }

  @Test
  void transactionNumbersThatWentBackAreNoticed() throws Exception {
    oldAndNew();
    lane.drain();
    Cursor cursor = lane.cursor();

    lane.restartFrom(cursor.at(Snapshot.parse("9000000000:9000000001:9000000000"), readAt(cursor)));

    assertThat(lane.page()).containsExactly("new:1", "new:2", "new:3");
    assertThat(lane.lastPage().rewound()).contains("went back from transaction 9000000001");
  }

  @Test
  void databaseThatWentBackAndOvertookItselfIsNoticedByItsLandmark() throws Exception {
    oldAndNew();
    lane.drain();

    lane.restartFrom(lane.cursor().past(new Landmark(2, UUID.randomUUID())));

    assertThat(lane.page()).containsExactly("new:1", "new:2", "new:3");
    assertThat(lane.lastPage().rewound()).contains("went back and another way: seq 2");
  }

  @Test
  void landmarkThatWasCleanedUpSaysNothing() throws Exception {
    oldAndNew();
    lane.drain();
    SharedServer.execute("DELETE FROM outbox_event");
    Writer.committed("more", 1);

    assertThat(lane.restart().drain()).containsExactly("more:1");
  }

  @Test
  void rewindInTheMiddleOfAWindowGoesBackFromWhereTheWindowBegan() throws Exception {
    lane.drain();
    Writer.committed("a", 1);
    lane.drain();
    Cursor threeDaysAgo = lane.cursor().at(lane.cursor().seen(), readAt(Duration.ofDays(3)));
    for (int version = 1; version <= 4; version++) {
      Writer.committed("b", version);
    }
    SharedServer.execute("UPDATE outbox_event SET occurred_at = now() - interval '2 days'");
    lane.restartFrom(threeDaysAgo);
    lane.page();
    assertThat(lane.cursor().window()).isNotNull();

    lane.restartFrom(of(new DatabaseIdentity("1234", 1), lane.cursor()));

    assertThat(lane.drain()).contains("b:4");
  }

  @Test
  void rowsFromBeforeTheRewindAreNotPublishedAgain() throws Exception {
    oldAndNew();
    lane.drain();
    SharedServer.execute("UPDATE outbox_event SET occurred_at = now() - interval '3 days'");

    lane.restartFrom(of(new DatabaseIdentity("1234", 1), lane.cursor()));

    assertThat(lane.drain()).isEmpty();
    assertThat(lane.restart().drain()).isEmpty();
    Writer.committed("later", 1);
    assertThat(lane.drain()).containsExactly("later:1");
  }

  @Test
  void unpublishedRowsOfTheSameClusterArePublishedHoweverOldTheirTimes() throws Exception {
    try (Writer late = Writer.begin()) {
      late.append("late", 1);
      Writer.committed("a", 1);
      lane.drain();
      late.commit();
      Writer.committed("b", 1);
      SharedServer.execute("UPDATE outbox_event SET occurred_at = '-infinity'");
      Cursor cursor = lane.cursor();

      lane.restartFrom(of(new DatabaseIdentity(cursor.database().systemIdentifier(), 7), cursor));

      assertThat(lane.drain()).contains("late:1", "b:1");
    }
  }

  @Test
  void unpublishedRowsOfAnotherClusterArePublishedHoweverOldTheirTimes() throws Exception {
    Writer.committed("a", 1);
    lane.drain();
    Writer.committed("b", 1);
    SharedServer.execute("UPDATE outbox_event SET occurred_at = now() - interval '3 days'");

    lane.restartFrom(of(new DatabaseIdentity("1234", 1), lane.cursor()));

    assertThat(lane.drain()).containsExactly("b:1");
  }

  @Test
  void restOfAWindowIsPublishedHoweverOldItsTimes() throws Exception {
    for (int version = 1; version <= 5; version++) {
      Writer.committed("a", version);
    }
    lane.page();
    SharedServer.execute("UPDATE outbox_event SET occurred_at = now() - interval '3000 years'");

    lane.restartFrom(of(new DatabaseIdentity("1234", 1), lane.cursor()));

    assertThat(lane.drain()).containsExactly("a:4", "a:5");
  }

  @Test
  void anotherOutboxOfTheClusterHasAnotherHistory() throws Exception {
    oldAndNew();
    lane.drain();
    Cursor cursor = lane.cursor();
    DatabaseIdentity database = cursor.database();
    DatabaseIdentity other =
        new DatabaseIdentity(database.systemIdentifier(), database.timeline(), "1/2");

    lane.restartFrom(of(other, cursor));
    assertThat(lane.drain()).containsExactly("new:1", "new:2", "new:3", "new:4");

    DatabaseIdentity older = new DatabaseIdentity(database.systemIdentifier(), database.timeline());
    lane.restartFrom(of(older, cursor));
    assertThat(lane.drain()).as("a cursor that does not name its outbox").isEmpty();
    Writer.committed("more", 1);
    lane.drain();
    assertThat(lane.cursor().database()).as("names it from then on").isEqualTo(database);
  }

  @Test
  void nothingRetainedIsSaidOnceAndKept() throws Exception {
    lane.drain();
    Cursor cursor = lane.cursor();
    lane.restartFrom(of(new DatabaseIdentity("1234", 1), cursor));
    lane.page();
    assertThat(lane.lastPage().rewound()).isNotNull();

    lane.restart().page();
    assertThat(lane.lastPage().rewound()).isNull();

    Writer.committed("a", 1);
    assertThat(lane.drain()).containsExactly("a:1");
  }

  @Test
  void rowsThatADumpBroughtWithNumbersOfTheFutureArePublishedOnce() throws Exception {
    long next = Long.parseLong(SharedServer.value("SELECT pg_current_xact_id()::text"));
    for (int version = 1; version <= 5; version++) {
      Writer.committed("dumped", version);
    }
    SharedServer.execute(
        "UPDATE outbox_event SET xid = ((%s + 40 + seq)::text)::xid8".formatted(next));
    SharedServer.execute(
        "UPDATE outbox_event SET xid = '987654321987' WHERE aggregate_version >= 3");
    Writer.committed("own", 1);

    assertThat(lane.page()).containsExactly("dumped:1", "dumped:2", "dumped:3");
    burnTransactions(60);
    assertThat(lane.restart().drain()).containsExactly("dumped:4", "dumped:5", "own:1");

    Writer.committed("own", 2);
    assertThat(lane.drain()).containsExactly("own:2");
    burnTransactions(60);
    Writer.committed("own", 3);
    assertThat(lane.restart().drain()).containsExactly("own:3");
    for (int version = 4; version <= 9; version++) {
      Writer.committed("own", version);
    }
    assertThat(lane.drain()).containsExactly("own:4", "own:5", "own:6", "own:7", "own:8", "own:9");
  }

  private static void burnTransactions(int howMany) throws SQLException {
    try (Writer writer = Writer.begin()) {
      for (int i = 0; i < howMany; i++) {
        writer.touch().commit();
      }
    }
  }

  /** Two rows from before the rewind, four after. */
  private static void oldAndNew() throws SQLException {
    Writer.committed("old", 1);
    Writer.committed("old", 2);
    SharedServer.execute("UPDATE outbox_event SET occurred_at = now() - interval '3 days'");
    for (int version = 1; version <= 4; version++) {
      Writer.committed("new", version);
    }
  }

  private static Cursor of(DatabaseIdentity database, Cursor cursor) {
    return new Cursor(
        database, cursor.seen(), cursor.window(), cursor.readAt(), 0, cursor.landmark());
  }

  private static Instant readAt(Cursor cursor) {
    return cursor.readAt();
  }

  private static Instant readAt(Duration ago) {
    return Instant.now().minus(ago);
  }
}
