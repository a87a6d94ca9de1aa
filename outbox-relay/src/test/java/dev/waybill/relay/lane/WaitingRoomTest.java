package dev.waybill.relay.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.DatabaseIdentity;
import dev.waybill.relay.cursor.LaneCursor;
import dev.waybill.relay.cursor.Layout;
import dev.waybill.relay.cursor.Slots;
import dev.waybill.relay.cursor.Snapshot;
import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.source.OutboxRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
  private static final LaneFailure REFUSAL = LaneFailure.of(new IllegalStateException("no"));

  private final WaitingRoom room = new WaitingRoom(0);

  @Test
  void aggregateWaitsFromItsRefusedEventOnUntilItIsReleased() {
    OutboxRow refused = row("a", 7);
    room.admit(refused, REFUSAL);

    assertThat(room.holds(row("a", 8))).isTrue();
    assertThat(room.holds(row("b", 8))).isFalse();
    assertThat(room.holds(row("a", 6))).as("came late, and cannot have seen it").isFalse();
    WaitingAggregate waiting = room.list().get(0);
    assertThat(waiting.firstSeq()).isEqualTo(7);
    assertThat(waiting)
        .hasToString("aggregate a waits since event %s (seq 7): other: no", refused.eventId());

    room.advance(waiting, row("a", 9));
    assertThat(room.list()).singleElement().extracting(WaitingAggregate::firstSeq).isEqualTo(9L);
    room.rewind();
    assertThat(room.list())
        .singleElement()
        .extracting(WaitingAggregate::firstSeq)
        .isEqualTo(Long.MIN_VALUE);

    room.release(waiting);
    assertThat(room.holds(row("a", 8))).isFalse();
  }

  @Test
  void whatKafkaRefusesAgainAndAgainIsTriedLast() {
    OutboxRow first = row("a", 1);
    room.admit(first, REFUSAL);
    room.admit(row("b", 2), REFUSAL);
    assertThat(room.takes(first, REFUSAL)).isTrue();

    assertThat(room.toTry()).extracting(WaitingAggregate::aggregateId).containsExactly("b", "a");
  }

  @Test
  void thereAreAHundredPlacesAndWhoWaitsAlreadyNeedsNoOther() {
    for (int i = 0; i < WaitingRoom.PLACES; i++) {
      assertThat(room.hasPlaceFor(row("a" + i, i))).isTrue();
      room.admit(row("a" + i, i), REFUSAL);
    }

    assertThat(room.hasPlaceFor(row("a0", 1_000))).isTrue();
    assertThat(room.hasPlaceFor(row("another", 1_000))).isFalse();
    assertThat(room.takes(row("another", 1_000), REFUSAL)).isFalse();
    assertThat(room.refusal(row("another", 1_000))).isNull();
  }

  @Test
  void whatKafkaRefusedIsRememberedUntilItIsReleased() {
    OutboxRow refused = row("a", 7);
    assertThat(room.takes(refused, REFUSAL)).isTrue();
    room.open(cursor(List.of()), 0);
    assertThat(room.refusal(refused)).isEqualTo(REFUSAL);

    room.admit(refused, REFUSAL);
    room.release(room.list().get(0));
    assertThat(room.refusal(refused)).isNull();
  }

  @Test
  void thoseThatWaitAreTriedLessAndLessOften() {
    assertThat(room.isDue(0)).as("nobody waits").isFalse();
    room.admit(row("a", 7), REFUSAL);
    long now = 0;
    for (int seconds : new int[] {5, 5, 10, 20, 40, 80, 160, 300, 300}) {
      assertThat(room.isDue(now + seconds(seconds) - 1)).isFalse();
      now += seconds(seconds);
      assertThat(room.isDue(now)).isTrue();
    }
  }

  @Test
  void thoseOfTheCursorAreTriedAtOnce() {
    room.open(cursor(List.of()), 0);
    assertThat(room.isDue(0)).isTrue();
  }

  @Test
  void eventThatWasLetPassIsLeftOutAndThoseBehindItAreTriedAtOnce() {
    room.open(cursor(List.of()), 0);
    assertThat(room.isDue(0)).isTrue();
    OutboxRow passed = row("a", 1);
    assertThat(room.leavesOut(passed)).isFalse();

    room.open(cursor(List.of()), 1);
    assertThat(room.isDue(1)).as("nothing is new in the cursor").isFalse();
    room.open(cursor(List.of(passed.eventId())), 1);

    assertThat(room.isDue(1)).isTrue();
    assertThat(room.leavesOut(passed)).isTrue();
    assertThat(room.leavesOut(row("a", 2))).isFalse();
    room.rewind();
    assertThat(room.quarantined()).as("in any history").containsExactly(passed.eventId());
    room.open(null, 2);
    assertThat(room.quarantined()).as("the cursor was deleted").isEmpty();
  }

  private static LaneCursor cursor(List<UUID> quarantined) {
    return new LaneCursor(
        new Layout(1, 1),
        Slots.ALL,
        new Cursor(new DatabaseIdentity("7", 1), Snapshot.NOTHING, null, Instant.EPOCH, 0, null),
        null,
        List.of(new WaitingAggregate("a", 1, UUID.randomUUID(), null, "other", "why")),
        quarantined);
  }

  private static long seconds(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  private static OutboxRow row(String aggregate, long seq) {
    return new OutboxRow(
        seq,
        new UUID(7, seq),
        aggregate.getBytes(UTF_8),
        1,
        "Happened",
        null,
        null,
        "{}",
        Instant.EPOCH,
        null);
  }
}
