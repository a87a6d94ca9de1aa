package dev.waybill.deduplication;

import static dev.waybill.deduplication.testkit.TestEvents.conflictingWith;
import static dev.waybill.deduplication.testkit.TestEvents.duplicateOf;
import static dev.waybill.deduplication.testkit.TestEvents.late;
import static dev.waybill.deduplication.testkit.TestEvents.randomId;
import static dev.waybill.deduplication.testkit.TestEvents.timedId;
import static dev.waybill.deduplication.testkit.TestEvents.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deduplication.testkit.DeduplicationTestDriver;
import dev.waybill.deduplication.testkit.SameDecisions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each cell of the table of promises, of a stream with its own serdes. */
class PromiseTableTest {
  private static final Instant NOON = Sent.NOON;
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration DAY = Duration.ofDays(1);
  private static final DeduplicationSettings SETTINGS =
      new DeduplicationSettings("parcels", "parcels", "parcels.dead-letters", WEEK);

  private final DeduplicationTestDriver<String, String> versioned = driver("version");
  private final DeduplicationTestDriver<String, String> unversioned = driver("");
  private int passing = 1_000_000;
  private long passed;

  @AfterEach
  void close() {
    versioned.close();
    unversioned.close();
  }

  private static DeduplicationTestDriver<String, String> driver(String version) {
    return new DeduplicationTestDriver<>(
        SETTINGS,
        new StringSerializer(),
        new StringSerializer(),
        NOON,
        listener -> topology(version, listener));
  }

  private static Topology topology(String version, DecisionListener listener) {
    EventHeaders id = EventHeaders.named("id").withTime("time");
    StreamsBuilder builder = new StreamsBuilder();
    new StreamDeduplication<>(
            SETTINGS,
            Serdes.String(),
            Serdes.String(),
            version.isEmpty() ? id : id.withVersion(version),
            listener)
        .newEvents(builder.stream("parcels", Consumed.with(Serdes.String(), Serdes.String())))
        .mapValues(NewEvent::value)
        .to("effects", Produced.with(Serdes.String(), Serdes.String()));
    return builder.build();
  }

  private static TestRecord<String, String> event(UUID id, long version, Instant at) {
    return with(
        with(
            new TestRecord<>("p-1", "moved " + version, new RecordHeaders(), at),
            "id",
            id.toString()),
        "version",
        Long.toString(version));
  }

  private static TestRecord<String, String> timed(int number, long version) {
    return event(timedId(number, NOON), version, NOON);
  }

  private static TestRecord<String, String> other(int number, long version) {
    return event(randomId(number), version, NOON);
  }

  /** So much time that what was sent at noon is forgotten, or not yet. */
  private void pass(DeduplicationTestDriver<String, String> driver, Duration time) {
    driver.pass(
        NOON,
        time,
        at ->
            new TestRecord<>(
                "clock", "tick", event(randomId(passing++), ++passed, at).headers(), at));
  }

  private void passRetention(DeduplicationTestDriver<String, String> driver) {
    pass(driver, WEEK.plus(Duration.ofHours(3)));
  }

  // Duplicates within the retention.

  @Test
  void duplicatesWithinTheRetentionAreDroppedWhateverTheIdAndWithOrWithoutVersion() {
    for (var driver : List.of(versioned, unversioned)) {
      for (var first : List.of(timed(1, 1), other(2, 2))) {
        driver.send(first, duplicateOf(first), late(first, DAY));
        driver.assertDecided(
            Decision.Applied.class, Decision.Duplicate.class, Decision.Duplicate.class);
      }
      pass(driver, WEEK.minus(Duration.ofHours(1)));
      driver.send(timed(1, 1), other(2, 2));
      driver.assertDecided(Decision.Duplicate.class, Decision.Duplicate.class);
      driver.assertDeadLetters();
    }
  }

  @Test
  void copiesThatAreCountedDoNotProlongTheTime() {
    unversioned.send(other(1, 1));
    pass(unversioned, WEEK.minus(Duration.ofHours(2)));
    unversioned.send(duplicateOf(other(1, 1)));
    unversioned.assertDecided(Decision.Duplicate.class);

    passRetention(unversioned);
    unversioned.send(late(other(1, 1), WEEK.plus(DAY)));
    unversioned.assertDecided(Decision.Applied.class);
  }

  // Duplicates after the retention.

  @Test
  void duplicateOfATimedIdWithVersionIsStaleForEver() {
    versioned.send(timed(1, 1));
    passRetention(versioned);

    versioned.send(timed(1, 1), late(timed(1, 1), Duration.ofDays(30)));

    versioned.assertDecided(Decision.Stale.class, Decision.Stale.class);
    versioned.assertDeadLetters();
  }

  @Test
  void duplicateOfATimedIdWithoutVersionIsADeadLetterHoweverItIsDated() {
    unversioned.send(timed(1, 1));
    passRetention(unversioned);

    unversioned.send(timed(1, 1), late(timed(1, 1), Duration.ofDays(30)));

    unversioned.assertDecided(Decision.DeadLettered.class, Decision.DeadLettered.class);
    unversioned.assertDeadLetters(Reason.EXPIRED, Reason.EXPIRED);
  }

  @Test
  void duplicateOfAnotherIdWithVersionIsStaleOrADeadLetterWhereItIsDatedAnew() {
    versioned.send(other(1, 1));
    passRetention(versioned);

    versioned.send(other(1, 1), late(other(1, 1), WEEK.plus(DAY)));

    versioned.assertDecided(Decision.Stale.class, Decision.VersionTaken.class);
    versioned.assertDeadLetters(Reason.VERSION_TAKEN);
  }

  @Test
  void duplicateOfAnotherIdWithoutVersionIsADeadLetterAndTakesEffectWhereItIsDatedAnew() {
    unversioned.send(other(1, 1), other(2, 2));
    passRetention(unversioned);

    TestRecord<String, String> saysWhen = with(other(1, 1), "time", NOON.toString());
    unversioned.send(other(1, 1), late(saysWhen, WEEK.plus(DAY)));
    unversioned.assertDecided(Decision.DeadLettered.class, Decision.Duplicate.class);
    unversioned.assertDeadLetters(Reason.EXPIRED);

    unversioned.send(late(other(1, 1), WEEK.plus(DAY)), late(other(2, 2), WEEK.plus(DAY)));
    unversioned.assertDecided(Decision.Duplicate.class, Decision.Applied.class);
  }

  @Test
  void eventWhoseIdIsDatedAheadOfItsRecordIsNotForgottenBeforeItsTime() {
    TestRecord<String, String> ahead = event(timedId(1, NOON), 1, NOON.minus(Duration.ofDays(10)));
    unversioned.send(timed(9, 9), ahead);
    for (int hour = 1; hour < 4; hour++) {
      Instant at = NOON.plus(Duration.ofHours(hour));
      unversioned.send(event(timedId(10 + hour, at), hour, at));
    }

    assertThat(unversioned.send(duplicateOf(ahead))).isInstanceOf(Decision.Duplicate.class);
  }

  @Test
  void replayIsNoNewerThanTheRecordOfWhichItIsACopy() {
    unversioned.send(other(1, 1));
    passRetention(unversioned);

    unversioned.send(
        with(late(other(1, 1), WEEK.plus(DAY)), "replay-timestamp", "" + NOON.toEpochMilli()));

    unversioned.assertDecided(Decision.DeadLettered.class);
    unversioned.assertDeadLetters(Reason.EXPIRED);
  }

  @Test
  void letterThatOutlivesItsEventIsNotTakenForNew() {
    TestRecord<String, String> lost =
        conflictingWith(late(other(1, 1), DAY.multipliedBy(3)), "lost");
    unversioned.send(other(1, 1));
    pass(unversioned, DAY.multipliedBy(3));
    assertThat(unversioned.send(lost)).isInstanceOf(Decision.Conflict.class);
    passRetention(unversioned);

    unversioned.send(lost, late(other(1, 1), Duration.ZERO));

    unversioned.assertDecided(Decision.Duplicate.class, Decision.DeadLettered.class);
  }

  // Late events.

  @Test
  void lateEventWithVersionTakesEffectOnceHoweverLateAndWhateverItsId() {
    versioned.send(timed(1, 1), timed(5, 5));
    passRetention(versioned);
    versioned.send(timed(2, 2), timed(2, 2), other(3, 3), other(3, 3));

    versioned.assertDecided(
        Decision.Late.class, Decision.Stale.class, Decision.Late.class, Decision.Duplicate.class);
    versioned.assertDeadLetters();
  }

  @Test
  void lateEventWithoutVersionIsAnyNewEventWithinTheRetentionAndADeadLetterBeyond() {
    unversioned.send(timed(1, 1));
    pass(unversioned, DAY);
    unversioned.send(timed(2, 2), other(3, 3));
    unversioned.assertDecided(Decision.Applied.class, Decision.Applied.class);

    passRetention(unversioned);
    unversioned.send(timed(4, 4), other(5, 5));
    unversioned.assertDecided(Decision.DeadLettered.class, Decision.DeadLettered.class);
    unversioned.assertDeadLetters(Reason.EXPIRED, Reason.EXPIRED);
  }

  @Test
  void firstRecordThatIsDatedAheadMakesNobodyLookOld() {
    Instant ahead = NOON.plus(Duration.ofDays(365));
    unversioned.send(event(randomId(1), 1, ahead), other(2, 2), other(2, 2), other(3, 3));

    unversioned.assertDecided(
        Decision.Applied.class,
        Decision.Applied.class,
        Decision.Duplicate.class,
        Decision.Applied.class);
  }

  // Gaps.

  @Test
  void gapsAreCountedWhereThereAreVersions() {
    assertThat(versioned.send(timed(1, 1), other(4, 4))).isEqualTo(new Decision.Applied(2));
    assertThat(unversioned.send(timed(1, 1), other(4, 4))).isEqualTo(new Decision.Applied(0));
  }

  // The same id with other content.

  @Test
  void otherContentUnderTheSameIdIsAConflictWithinTheRetention() {
    for (var driver : List.of(versioned, unversioned)) {
      for (var first : List.of(timed(1, 1), other(2, 2))) {
        driver.send(first, conflictingWith(first, "lost"), conflictingWith(first, "lost"));
        driver.assertDecided(
            Decision.Applied.class, Decision.Conflict.class, Decision.Duplicate.class);
        driver.assertDeadLetters(Reason.CONFLICT);
      }
    }
  }

  @Test
  void otherContentAfterTheRetentionIsWhatADuplicateWouldBe() {
    versioned.send(timed(1, 1), other(2, 2));
    passRetention(versioned);
    versioned.send(conflictingWith(timed(1, 1), "lost"), conflictingWith(other(2, 2), "lost"));
    versioned.assertDecided(Decision.Stale.class, Decision.Stale.class);

    unversioned.send(timed(1, 1), other(2, 2));
    passRetention(unversioned);
    unversioned.send(
        conflictingWith(timed(1, 1), "lost"),
        conflictingWith(late(other(2, 2), WEEK.plus(DAY)), "lost"));
    unversioned.assertDecided(Decision.DeadLettered.class, Decision.Applied.class);
  }

  // The same version under another id.

  @Test
  void versionThatIsGivenOutTwiceIsADeadLetterWhateverTheIds() {
    versioned.send(timed(1, 1), other(2, 2), timed(3, 2), other(4, 1));

    versioned.assertDecided(
        Decision.Applied.class,
        Decision.Applied.class,
        Decision.VersionTaken.class,
        Decision.VersionTaken.class);
  }

  @Test
  void deadLetterThatCanBeUsedLaterTakesEffectOnceWithOrWithoutVersion() {
    TestRecord<String, String> good = other(1, 1);
    versioned.send(with(good, "version", "one"), good, good);
    versioned.assertDecided(
        Decision.DeadLettered.class, Decision.Replayed.class, Decision.Duplicate.class);
  }

  // All of them.

  @Test
  void storeOfOtherIdsDoesNotGrowBeyondTheRetention() {
    pass(unversioned, Duration.ofDays(40));

    List<Object> keys = new ArrayList<>();
    try (KeyValueIterator<Object, Object> all =
        unversioned.driver().getKeyValueStore(SETTINGS.idStore()).all()) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    assertThat(keys)
        .as("two entries of each hour of a week, the clock, and the buckets at both ends")
        .hasSizeBetween(2 * 168, 2 * 172);
  }

  @Test
  void sameLogGivesTheSameDecisionsWhateverTheIdsAndWithOrWithoutVersions() {
    List<TestRecord<String, String>> log = new ArrayList<>();
    for (int i = 1; i < 500; i++) {
      Instant at = NOON.plus(Duration.ofHours(i));
      UUID id = i % 3 == 0 ? timedId(i, at) : randomId(i);
      log.add(event(id, i, i % 50 == 0 ? at.plus(WEEK) : at));
      TestRecord<String, String> old = log.get((i * 7) % log.size());
      log.add(i % 4 == 0 ? conflictingWith(old, "lost") : duplicateOf(old));
    }

    assertThat(SameDecisions.assertOf(log, () -> driver("version"))).hasSize(log.size());
    assertThat(SameDecisions.assertOf(log, () -> driver("")))
        .hasAtLeastOneElementOfType(Decision.DeadLettered.class)
        .hasAtLeastOneElementOfType(Decision.Conflict.class);
  }
}
