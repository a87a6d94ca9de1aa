package dev.waybill.deduplication;

import static dev.waybill.deduplication.Sent.NOON;
import static dev.waybill.deduplication.Sent.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the id store forgets, and what it does not. */
class RetentionTest {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration YEAR = Duration.ofDays(365);

  private final Parcels parcels = new Parcels();
  private int number = 1_000;
  private long version;

  @AfterEach
  void close() {
    parcels.close();
  }

  @Test
  void duplicateOlderThanTheRetentionIsStale() {
    parcels.send(event(1, 1));
    hourly(NOON, NOON.plus(WEEK).plus(Duration.ofHours(2)));

    assertThat(parcels.send(event(1, 1))).isEqualTo(new Decision.Stale(1, 1));
    assertThat(parcels.remembered(event(1, 1).id())).as("deleted too").isEmpty();
  }

  @Test
  void duplicateWithinTheRetentionIsStillRecognisedByItsId() {
    parcels.send(event(1, 1));
    hourly(NOON, NOON.plus(WEEK).minus(Duration.ofHours(1)));

    assertThat(parcels.send(event(1, 1))).isInstanceOf(Decision.Duplicate.class);
  }

  @Test
  void oneFutureDatedEventDoesNotDisableDeduplicationForOthers() {
    parcels.send(event(1, 1));
    parcels.send(future(2, 1));

    assertThat(parcels.send(event(1, 1))).isInstanceOf(Decision.Duplicate.class);
    assertThat(parcels.send(event(3, 2))).isEqualTo(new Decision.Applied(0));
    assertThat(parcels.send(event(3, 2))).isInstanceOf(Decision.Duplicate.class);
    assertThat(parcels.send(future(2, 1))).isInstanceOf(Decision.Duplicate.class);
  }

  @Test
  void handfulOfFutureDatedEventsDoesNotEither() {
    parcels.send(event(1, 1));
    for (int i = 0; i < 100; i++) {
      parcels.send(future(100 + i, i + 1));
    }

    assertThat(parcels.send(event(1, 1))).isInstanceOf(Decision.Duplicate.class);
  }

  @Test
  void everyTenthEventFromTheFutureDoesNotMoveTheClockAway() {
    parcels.send(event(1, 1));
    for (int i = 1; i <= 5_000; i++) {
      parcels.send(i % 10 == 0 ? future(10_000 + i, i) : event(10_000 + i, i).of("other"));
    }

    assertThat(parcels.send(event(1, 1))).isInstanceOf(Decision.Duplicate.class);
  }

  @Test
  void firstEventOfAllMayBeFutureDated() {
    parcels.send(event(1, 1, NOON.plus(YEAR)).at(NOON).of("other"));

    parcels.send(event(2, 1));
    assertThat(parcels.send(event(2, 1))).isInstanceOf(Decision.Duplicate.class);
  }

  @Test
  void futureDatedEventIsForgottenARetentionAfterItArrived() {
    Sent early = event(1, 1, NOON.plus(YEAR)).at(NOON);
    parcels.send(event(2, 1).of("other"), early);
    version = 1;
    hourly(NOON.plus(Duration.ofHours(1)), NOON.plus(WEEK).minus(Duration.ofHours(1)));
    assertThat(parcels.send(early)).isInstanceOf(Decision.Duplicate.class);

    hourly(NOON.plus(WEEK), NOON.plus(WEEK).plus(WEEK).plus(Duration.ofHours(3)));

    assertThat(parcels.remembered(early.id())).isEmpty();
    assertThat(parcels.send(early))
        .as("not silent: nobody can tell whether it is new")
        .isEqualTo(new Decision.VersionTaken(1, 1));
  }

  /** As a relay sends them whose machine's clock is a year behind for a while. */
  @Test
  void idIsRememberedThoughItsRecordsTimestampIsOfLongAgo() {
    parcels.send(event(1, 1));
    for (int i = 1; i <= 400; i++) {
      parcels.send(event(2_000 + i, i).at(NOON.minus(YEAR)).of("behind"));
    }
    for (int i = 1; i <= 600; i++) {
      parcels.send(event(3_000 + i, i).of("right"));
    }

    assertThat(parcels.send(event(2_200, 200).at(NOON.minus(YEAR)).of("behind")))
        .isInstanceOf(Decision.Duplicate.class);
    assertThat(parcels.send(event(2_400, 400).saying("other").of("behind")))
        .isInstanceOf(Decision.Conflict.class);

    hourly(NOON, NOON.plus(WEEK).plus(Duration.ofDays(2)));
    assertThat(parcels.remembered(event(2_200, 200).id())).as("and not for ever").isEmpty();
  }

  /** Both ways, and there and back again. */
  @Test
  void anotherRetentionForgetsNothingThatIsWithinBoth() {
    parcels.send(event(1, 1));
    hourly(NOON, NOON.plus(Duration.ofDays(6)));

    try (Parcels longer = parcels.takenOver(retention(14));
        Parcels shorter = longer.takenOver(retention(7))) {
      for (Parcels changed : List.of(longer, shorter)) {
        assertThat(changed.send(event(1, 1))).isInstanceOf(Decision.Duplicate.class);
        assertThat(changed.send(event(1, 1).saying("other"))).isInstanceOf(Decision.Conflict.class);
        assertThat(changed.send(event(number, version, NOON.plus(Duration.ofDays(6))).of("other")))
            .isInstanceOf(Decision.Duplicate.class);
        assertThat(changed.remembered(event(1, 1).id())).isPresent();
      }
    }
  }

  @Test
  void whatAShorterRetentionForgotIsStaleUnderALongerOne() {
    parcels.send(event(1, 1));
    hourly(NOON, NOON.plus(WEEK).plus(Duration.ofHours(2)));

    try (Parcels longer = parcels.takenOver(retention(14))) {
      assertThat(longer.send(event(1, 1))).isEqualTo(new Decision.Stale(1, 1));
      assertThat(longer.deadLetters()).isEmpty();
    }
  }

  /** It kept clock and arrivals in buckets of a 168th of the retention. */
  @Test
  void storeOfTheVersionBeforeIsTakenOver() {
    Sent early = event(1, 1, NOON.plus(YEAR)).at(NOON);
    parcels.send(early.of("future"), event(2, 1));
    IdKeys keys = IdKeys.forRetention(WEEK);
    long bucket = keys.bucket(NOON.toEpochMilli());
    parcels.ids().delete(IdKeys.CLOCK);
    parcels.ids().put(IdKeys.CLOCK_IN_BUCKETS, ByteBuffer.allocate(8).putLong(bucket).array());
    parcels.ids().delete(keys.future(bucket, early.id()));
    ByteBuffer arrival = ByteBuffer.allocate(25).put((byte) 'f').putLong(bucket);
    arrival.putLong(early.id().getMostSignificantBits());
    arrival.putLong(early.id().getLeastSignificantBits());
    parcels.ids().put(Bytes.wrap(arrival.array()), new byte[] {1});

    try (Parcels successor = parcels.takenOver()) {
      assertThat(successor.send(early.of("future"))).isInstanceOf(Decision.Duplicate.class);
      assertThat(successor.send(event(2, 1))).isInstanceOf(Decision.Duplicate.class);
      assertThat(successor.ids().get(IdKeys.CLOCK_IN_BUCKETS)).isNull();
      assertThat(successor.ids().get(keys.future(bucket, early.id()))).isNotNull();
    }
  }

  /** Stores in the field have these, and nothing that other ids need is added to them. */
  @Test
  void whatEventsAsTheRelayWritesThemLeaveBehindIsAsItWas() {
    parcels.send(event(1, 1), event(1, 1), event(2, 2).undecodable(), event(3, 3));

    List<String> entries = new ArrayList<>();
    for (String store : List.of(Parcels.SETTINGS.idStore(), Parcels.SETTINGS.versionStore())) {
      try (KeyValueIterator<Bytes, byte[]> all =
          parcels.tested.driver().<Bytes, byte[]>getKeyValueStore(store).all()) {
        all.forEachRemaining(
            entry ->
                entries.add(
                    (char) entry.key.get()[0]
                        + " "
                        + entry.key.get().length
                        + " "
                        + entry.value[0]
                        + " "
                        + entry.value.length));
      }
    }

    assertThat(entries).contains("i 17 1 50", "p 3 2 26").hasSize(5);
    assertThat(entries.stream().map(entry -> entry.charAt(0))).containsOnly('i', 't', 'p');
  }

  private static DeduplicationSettings retention(int days) {
    return new DeduplicationSettings(
            "parcels", "parcels.events", "parcels.dead-letters", Duration.ofDays(days))
        .withReplays("parcels.replays");
  }

  @Test
  void storeDoesNotGrowBeyondTheRetention() {
    hourly(NOON, NOON.plus(Duration.ofDays(60)));

    assertThat(parcels.remembered())
        .as("a week of hours, the clock, and the buckets at both ends")
        .isBetween(168L, 172L);
  }

  @Test
  void backlogOfOldIdsIsDeletedAFewAtATime() {
    for (int i = 1; i <= 500; i++) {
      parcels.send(event(i, i));
    }
    hourly(NOON.plus(Duration.ofHours(1)), NOON.plus(WEEK));
    assertThat(parcels.remembered()).isGreaterThan(600);

    long before = parcels.remembered();
    Instant late = NOON.plus(WEEK).plus(Duration.ofHours(1));
    hourly(late, late);
    assertThat(before - parcels.remembered()).isLessThan(IdStore.DELETED_AT_ONCE);
    for (int i = 0; i < 500 / IdStore.DELETED_AT_ONCE; i++) {
      hourly(late, late);
    }
    assertThat(parcels.remembered()).isLessThan(250);
  }

  @Test
  void longSilenceForgetsOnlyAsEventsCome() {
    parcels.send(event(1, 1));
    Instant later = NOON.plus(Duration.ofDays(30));
    parcels.send(event(2, 1, later).of("other"));

    assertThat(parcels.send(event(1, 1))).isInstanceOf(Decision.Duplicate.class);
    for (int i = 0; i < 200; i++) {
      parcels.send(event(100 + i, 2 + i, later).of("other"));
    }
    assertThat(parcels.send(event(1, 1))).isEqualTo(new Decision.Stale(1, 1));
    assertThat(parcels.send(event(2, 1, later).of("other"))).isInstanceOf(Decision.Duplicate.class);
  }

  @Test
  void eventFromBeforeTheRetentionIsAppliedAndItsDuplicateIsStale() {
    parcels.send(event(1, 1));
    Sent old = event(2, 2, NOON.minus(YEAR));

    assertThat(parcels.send(old)).isEqualTo(new Decision.Applied(0));
    assertThat(parcels.send(old)).isEqualTo(new Decision.Stale(2, 2));
  }

  @Test
  void olderEventsSentAgainDoNotMakeTheStoreForgetNewerOnes() {
    hourly(NOON, NOON.plus(WEEK));
    int newest = number;
    hourlyAgain(NOON, NOON.plus(WEEK));

    assertThat(parcels.send(event(newest, version, NOON.plus(WEEK)).of("other")))
        .isInstanceOf(Decision.Duplicate.class);
  }

  private Sent future(int id, long sequence) {
    return event(id, sequence, NOON.plus(YEAR)).of("future-" + id);
  }

  private void hourly(Instant from, Instant to) {
    for (Instant at = from; !at.isAfter(to); at = at.plus(Duration.ofHours(1))) {
      number++;
      version++;
      parcels.send(event(number, version, at).of("other"));
    }
  }

  private void hourlyAgain(Instant from, Instant to) {
    int again = 1_000;
    long sequence = 0;
    for (Instant at = from; !at.isAfter(to); at = at.plus(Duration.ofHours(1))) {
      again++;
      sequence++;
      assertThat(parcels.send(event(again, sequence, at).of("other")))
          .isNotInstanceOf(Decision.Applied.class);
    }
  }
}
