package dev.waybill.relay.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.DatabaseIdentity;
import dev.waybill.relay.cursor.Snapshot;
import dev.waybill.relay.cursor.UnreadableCursorException;
import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.cursor.Window;
import dev.waybill.relay.lane.LaneFailure;
import dev.waybill.relay.source.OutboxRow;
import dev.waybill.relay.source.Page;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaneStateTest {
  private static final Duration STUCK_AFTER = Duration.ofSeconds(30);

  private final TickingClock clock = new TickingClock();
  private final LaneState lane = new LaneState(clock);

  @Test
  void laneThatIsNotOwnedHereHasNoAgeAndIsNotStuck() {
    assertThat(lane.oldestUnpublishedSeconds()).isNaN();
    assertThat(lane.stuck(STUCK_AFTER)).isEmpty();

    lane.started(null);
    lane.stopped();
    clock.tick(Duration.ofHours(1));

    assertThat(lane.oldestUnpublishedSeconds()).isNaN();
    assertThat(lane.stuck(STUCK_AFTER)).isEmpty();
  }

  @Test
  void ageIsThatOfTheOldestEventReadAndNotPublished() {
    lane.started(null);
    Page page = page(false, Duration.ofSeconds(3), Duration.ofSeconds(7), Duration.ofSeconds(5));
    lane.read(page);
    assertThat(lane.oldestUnpublishedSeconds()).isEqualTo(7);

    lane.published(page);
    assertThat(lane.oldestUnpublishedSeconds()).isZero();
  }

  @Test
  void eventOfTheFutureHasNoAge() {
    lane.started(null);
    lane.read(page(false, Duration.ofHours(-1)));

    assertThat(lane.oldestUnpublishedSeconds()).isZero();
  }

  @Test
  void restOfAWindowIsTakenForAsOldAsTheOldestOfItsLastPage() {
    lane.started(null);
    Page page = page(true, Duration.ofMinutes(8), Duration.ofMinutes(9));
    lane.read(page);
    lane.published(page);
    assertThat(lane.oldestUnpublishedSeconds()).isEqualTo(9 * 60);

    lane.read(page(true));
    assertThat(lane.oldestUnpublishedSeconds()).as("a stretch without rows").isEqualTo(9 * 60);

    Page last = page(false, Duration.ofMinutes(1));
    lane.read(last);
    lane.published(last);
    assertThat(lane.oldestUnpublishedSeconds()).isZero();
  }

  @Test
  void nothingIsKnownBeforeARead() {
    lane.started(null);
    assertThat(lane.oldestUnpublishedSeconds()).isNaN();
    clock.tick(Duration.ofMinutes(1));
    assertThat(lane.oldestUnpublishedSeconds()).as("however long it takes").isNaN();

    lane.read(page(true));
    assertThat(lane.oldestUnpublishedSeconds()).as("a window without rows yet").isNaN();

    lane.read(empty());
    assertThat(lane.oldestUnpublishedSeconds()).isZero();
  }

  @Test
  void failureKeepsWhatIsKnownOfTheAge() {
    lane.started(null);
    lane.read(page(false, Duration.ofMinutes(3)));
    lane.troubled(away());
    lane.started(null);

    assertThat(lane.oldestUnpublishedSeconds()).isEqualTo(3 * 60);
  }

  @Test
  void eventWithoutAUsableTimeIsAsOldAsItsRead() {
    lane.started(null);
    lane.read(new Page(List.of(row(null)), empty().next(), null));
    clock.tick(Duration.ofMillis(700));

    assertThat(lane.oldestUnpublishedSeconds()).isEqualTo(0.7);
  }

  @Test
  void silenceIsAge() {
    lane.started(null);
    lane.read(empty());
    clock.tick(Duration.ofMillis(900));
    assertThat(lane.oldestUnpublishedSeconds()).isZero();

    clock.tick(Duration.ofSeconds(11));
    assertThat(lane.oldestUnpublishedSeconds()).isEqualTo(11.9);
  }

  @Test
  void catchingUpIsNotStuckHoweverOldTheEvents() {
    lane.started(null);
    for (int i = 0; i < 100; i++) {
      Page page = page(true, Duration.ofHours(5));
      lane.read(page);
      clock.tick(Duration.ofSeconds(1));
      lane.published(page);
    }

    assertThat(lane.stuck(STUCK_AFTER)).isEmpty();
    assertThat(lane.oldestUnpublishedSeconds()).isGreaterThan(4 * 3600.0);
  }

  @Test
  void laneThatHasOnlyFailedSinceItBeganIsStuckAtOnceAndGoesOnFromNowhere() {
    assertThat(lane.started(null)).as("news").isTrue();
    lane.troubled(away());
    assertThat(lane.started(null)).as("no news").isFalse();
    assertThat(lane.stuck(STUCK_AFTER)).hasValue("database: away");

    lane.read(empty());
    assertThat(lane.stuck(STUCK_AFTER)).isEmpty();
    lane.troubled(away());
    assertThat(lane.stuck(STUCK_AFTER)).as("it worked before").isEmpty();

    lane.stopped();
    lane.troubled(away());
    assertThat(lane.stuck(STUCK_AFTER)).as("begun anew").hasValue("database: away");
  }

  @Test
  void failureIsStuckOnlyWhenItLasts() {
    lane.started(null);
    lane.read(empty());
    lane.troubled(away());
    assertThat(lane.stuck(STUCK_AFTER)).isEmpty();

    clock.tick(Duration.ofSeconds(31));
    assertThat(lane.stuck(STUCK_AFTER)).hasValue("database: away");
  }

  @Test
  void readingTheSamePageAgainIsNoProgress() {
    lane.started(null);
    for (int i = 0; i < 40; i++) {
      lane.started(null);
      assertThat(lane.read(page(false, Duration.ofSeconds(1)))).isFalse();
      lane.troubled(away());
      clock.tick(Duration.ofSeconds(1));
    }

    assertThat(lane.stuck(STUCK_AFTER)).isPresent();
    assertThat(lane.oldestUnpublishedSeconds()).isGreaterThanOrEqualTo(40);
  }

  @Test
  void laneThatHangsWithoutFailingIsStuckToo() {
    lane.started(null);
    lane.read(page(false, Duration.ZERO));
    clock.tick(Duration.ofSeconds(31));

    assertThat(lane.stuck(STUCK_AFTER)).hasValue("no progress for 31 s");
  }

  @Test
  void whatNeedsAPersonIsStuckAtOnce() {
    lane.started(null);
    lane.troubled(newer("version 2"));

    assertThat(lane.stuck(STUCK_AFTER))
        .hasValueSatisfying(r -> assertThat(r).contains("version 2"));
  }

  @Test
  void sameFailureIsNewsOnce() {
    lane.started(null);

    assertThat(lane.troubled(away())).isTrue();
    assertThat(lane.troubled(LaneFailure.of(new SQLException("away for 2 s")))).isFalse();
    assertThat(lane.troubled(newer("2"))).isTrue();
    assertThat(lane.troubled(newer("2"))).isFalse();
    assertThat(lane.troubled(newer("3"))).isTrue();
    assertThat(lane.isTroubledBy(LaneFailure.Kind.CURSOR_UNREADABLE)).isTrue();
    assertThat(lane.isTroubledBy(LaneFailure.Kind.DATABASE)).isFalse();
  }

  @Test
  void emptyReadOrCommitEndsATroubleAndSaysSo() {
    lane.started(null);
    lane.troubled(away());
    assertThat(lane.read(empty())).isTrue();
    assertThat(lane.read(empty())).isFalse();

    lane.troubled(away());
    Page page = page(false, Duration.ofSeconds(1));
    assertThat(lane.read(page)).isFalse();
    assertThat(lane.published(page)).isTrue();
    assertThat(lane.isTroubledBy(LaneFailure.Kind.DATABASE)).isFalse();
  }

  @Test
  void aggregatesThatWaitAreNamedAndCountForTheAge() {
    lane.started(null);
    WaitingAggregate waiting =
        new WaitingAggregate(
            "a",
            7,
            UUID.randomUUID(),
            clock.instant().minusSeconds(50),
            "event_refused",
            "event refused: too large");
    assertThat(lane.waiting(List.of(waiting))).isEmpty();
    lane.read(empty());

    assertThat(lane.stuck(Duration.ofSeconds(30)))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains("aggregate a waits since event " + waiting.eventId(), "too large"));
    assertThat(lane.isTroubledBy(LaneFailure.Kind.EVENT_REFUSED)).isTrue();
    assertThat(lane.isTroubledBy(LaneFailure.Kind.SCHEMA_REJECTED)).isFalse();
    assertThat(lane.oldestUnpublishedSeconds()).isEqualTo(50);
    assertThat(lane.waitingAggregates()).isOne();

    assertThat(lane.waiting(List.of())).containsExactly(waiting);
    assertThat(lane.stuck(Duration.ofSeconds(30))).isEmpty();
    assertThat(lane.oldestUnpublishedSeconds()).isZero();
  }

  @Test
  void pageOfWhichEveryRowWaitsIsNotForgottenToBePublished() {
    lane.started(null);
    Page page = page(false, Duration.ofSeconds(40));
    lane.read(page);
    lane.published(page);

    assertThat(lane.oldestUnpublishedSeconds()).isZero();
  }

  @Test
  void laneIsShownWithItsCursorAndWhatWaits() {
    assertThat(lane.view(3, 0, STUCK_AFTER))
        .isEqualTo(new LaneView(3, false, null, null, 0, null, List.of(), List.of()));

    Page page = page(true, Duration.ofSeconds(7));
    lane.started(null);
    lane.read(page);
    assertThat(lane.view(3, 0, STUCK_AFTER).cursor()).as("not published").isNull();
    lane.published(page);
    WaitingAggregate waiting =
        new WaitingAggregate("a", 7, UUID.randomUUID(), null, "event_refused", "too large");
    UUID passed = UUID.randomUUID();
    List<WaitingAggregate> unusedBefore = lane.waiting(List.of(waiting));
    List<UUID> unusedPassed = lane.quarantined(List.of(passed));

    LaneView view = lane.view(3, 9, STUCK_AFTER);
    assertThat(view.owned()).isTrue();
    assertThat(view.cursor()).isEqualTo(new LaneView.At("1:1:", clock.instant(), "1:1:", 1L, null));
    assertThat(view.lagSeconds()).isEqualTo(7);
    assertThat(view.published()).isEqualTo(9);
    assertThat(view.stuck()).contains("aggregate a waits");
    assertThat(view.waiting())
        .containsExactly(
            new LaneView.Waiting("a", waiting.eventId(), null, "event_refused", "too large"));
    assertThat(view.quarantined()).containsExactly(passed);

    lane.stopped();
    assertThat(lane.view(3, 9, STUCK_AFTER).cursor()).isNull();
  }

  private static LaneFailure away() {
    return LaneFailure.of(new SQLException("away"));
  }

  private static LaneFailure newer(String reason) {
    return LaneFailure.of(new UnreadableCursorException(reason, null));
  }

  private Page empty() {
    return page(false);
  }

  private Page page(boolean more, Duration... ages) {
    Cursor cursor =
        new Cursor(
            new DatabaseIdentity("7", 1),
            Snapshot.NOTHING,
            more ? new Window(Snapshot.NOTHING, clock.instant(), 1, 9, 1) : null,
            clock.instant(),
            0,
            null);
    List<OutboxRow> rows =
        List.of(ages).stream().map(age -> row(clock.instant().minus(age))).toList();
    return new Page(rows, cursor, null);
  }

  private static OutboxRow row(@Nullable Instant occurredAt) {
    return new OutboxRow(
        1, UUID.randomUUID(), new byte[] {'a'}, 1, "Happened", null, null, "{}", occurredAt, null);
  }
}
