package dev.waybill.deduplication;

import static dev.waybill.deduplication.Sent.NOON;
import static dev.waybill.deduplication.Sent.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A dead letter that comes again and can be used then takes effect once. */
class ReplayTest {
  private static final Sent GOOD = event(2, 2).saying("!moved 2");

  private final Parcels parcels = new Parcels();

  @AfterEach
  void close() {
    parcels.close();
  }

  @Test
  void replayBeforeAnythingNewerIsAppliedInFullOnce() {
    parcels.send(event(1, 1), event(2, 2).undecodable());

    assertThat(parcels.send(event(2, 2))).isEqualTo(new Decision.Replayed(0, false));
    assertThat(parcels.send(event(2, 2))).isInstanceOf(Decision.Duplicate.class);

    assertThat(parcels.effects()).containsExactly("moved 1", "moved 2");
    assertThat(parcels.send(event(3, 3))).isEqualTo(new Decision.Applied(0));
  }

  @Test
  void replayAfterSomethingNewerHasItsOwnEffectsOnlyAndOnce() {
    parcels.send(event(1, 1), event(2, 2).undecodable(), event(3, 3));

    assertThat(parcels.send(event(2, 2))).isEqualTo(new Decision.Replayed(0, true));
    assertThat(parcels.send(event(2, 2))).isInstanceOf(Decision.Duplicate.class);

    assertThat(parcels.effects()).containsExactly("moved 1", "moved 3", "moved 2 (newer applied)");
    assertThat(parcels.send(event(4, 4))).isEqualTo(new Decision.Applied(0));
  }

  @Test
  void letterOfTheDeadLetterTopicIsReplayedAsItIs() {
    parcels.send(event(1, 1).saying("!moved"));
    TestRecord<byte[], byte[]> letter = parcels.deadLetters().get(0);
    Sent replay = event(1, 1).saying("!moved");
    for (var header : letter.headers()) {
      replay = replay.with(header.key(), Parcels.header(letter, header.key()));
    }

    assertThat(parcels.send(replay))
        .as("still undecodable, and nothing new")
        .isInstanceOf(Decision.Duplicate.class);
    assertThat(parcels.send(replay.saying("moved"))).isEqualTo(new Decision.Replayed(0, false));
    assertThat(parcels.deadLetters()).isEmpty();
  }

  @Test
  void replayThatStillCannotBeDecodedIsADuplicateWithTheSameBytesAndALetterWithOthers() {
    parcels.send(GOOD);

    assertThat(parcels.send(GOOD)).isInstanceOf(Decision.Duplicate.class);
    assertThat(parcels.deadLetters()).hasSize(1);
    assertThat(parcels.send(GOOD.saying("!repaired badly")))
        .isInstanceOf(Decision.DeadLettered.class);
    assertThat(parcels.deadLetters()).hasSize(1);
    assertThat(parcels.remembered(GOOD.id()).orElseThrow().duplicates()).isEqualTo(1);
    assertThat(parcels.send(GOOD.saying("repaired"))).isEqualTo(new Decision.Replayed(1, false));
  }

  @Test
  void lettersReplayedOutOfOrderAllHaveTheirEffects() {
    parcels.send(event(1, 1), event(2, 2).undecodable(), event(3, 3).undecodable());

    assertThat(parcels.send(event(3, 3))).isEqualTo(new Decision.Replayed(0, false));
    assertThat(parcels.send(event(2, 2))).isEqualTo(new Decision.Replayed(0, true));

    assertThat(parcels.effects()).containsExactly("moved 1", "moved 3", "moved 2 (newer applied)");
  }

  /** As an operator takes a replay out of its topic: the record's key, and no value. */
  @Test
  void deletionOfAReplayIsNoRecordOfAnybody() {
    parcels.send(event(1, 1).undecodable());
    parcels.deadLetters();
    parcels.deleteReplay(event(1, 1).id().toString());

    assertThat(parcels.deadLetters()).isEmpty();
    assertThat(parcels.send(event(1, 1))).isEqualTo(new Decision.Replayed(0, false));
  }

  @Test
  void replayCountsOnceEvenWhenTheIdStoreForgotBothTheLetterAndTheReplay() {
    parcels.send(event(1, 1), event(2, 2).undecodable());
    pass(Duration.ofDays(20));

    assertThat(parcels.remembered(event(2, 2).id())).isEmpty();
    Sent repaired = event(2, 2).saying("repaired");
    assertThat(parcels.send(repaired)).isEqualTo(new Decision.Applied(0));
    assertThat(parcels.send(repaired)).isEqualTo(new Decision.Stale(2, 2));
    assertThat(parcels.effects()).containsOnlyOnce("repaired");
  }

  @Test
  void undecodableCopyOfSomethingStaleDoesNotBecomeNewByReplay() {
    Sent first = event(1, 1).saying("first");
    parcels.send(first, event(2, 2));
    pass(Duration.ofDays(20));

    assertThat(parcels.send(first.undecodable())).isInstanceOf(Decision.DeadLettered.class);
    assertThat(parcels.send(first)).isEqualTo(new Decision.Stale(1, 2));
    assertThat(parcels.effects()).containsOnlyOnce("first");
  }

  @Test
  void letterWithoutVersionTakesEffectWhenItsHeaderWasRepaired() {
    parcels.send(event(1, 1), event(2, 2).with("ce_sequence", null));
    assertThat(parcels.send(event(2, 2))).isEqualTo(new Decision.Replayed(0, false));

    parcels.send(event(3, 3).with("ce_sequence", "three"));
    assertThat(parcels.send(event(4, 4))).isEqualTo(new Decision.Applied(1));
    assertThat(parcels.send(event(3, 3))).isEqualTo(new Decision.Replayed(0, true));
    assertThat(parcels.send(event(3, 3))).isInstanceOf(Decision.Duplicate.class);
  }

  @Test
  void repairUnderANewIdTakesEffectOnceInPlaceOfTheLetter() {
    parcels.send(event(1, 1), event(2, 2).undecodable());

    assertThat(parcels.send(event(22, 2).saying("repaired"))).isEqualTo(new Decision.Applied(0));
    assertThat(parcels.send(event(2, 2))).isEqualTo(new Decision.VersionTaken(2, 2));
  }

  @Test
  void recordOfTheTopicOfReplaysHasTheKeyThatItsHeaderSays() {
    parcels.send(event(1, 1), event(2, 2).undecodable(), event(3, 3));

    assertThat(parcels.replay(event(2, 2))).isEqualTo(new Decision.Replayed(0, true));
    assertThat(parcels.replay(event(2, 2))).isInstanceOf(Decision.Duplicate.class);

    assertThat(parcels.effects()).containsExactly("moved 1", "moved 3", "moved 2 (newer applied)");
    assertThat(parcels.remembered(event(2, 2).id()).orElseThrow().replay()).isTrue();
  }

  @Test
  void unchangedReplayNeverMakesASecondLetterWhateverTheReasonAndHoweverLate() {
    Sent conflict = event(1, 1).saying("other");
    Sent taken = event(4, 1);
    parcels.send(event(1, 1), GOOD, conflict, taken);
    assertThat(parcels.deadLetters()).hasSize(3);

    for (int again = 0; again < 2; again++) {
      assertThat(parcels.replay(GOOD)).isInstanceOf(Decision.Duplicate.class);
      parcels.replay(conflict);
      parcels.replay(taken);
      pass(Duration.ofDays(20));
    }

    assertThat(parcels.deadLetters()).isEmpty();
    assertThat(parcels.effects()).doesNotContain("other");
  }

  @Test
  void contentThatCameBeforeIsNoSecondLetterInWhateverOrderSeveralCome() {
    Sent one = event(1, 1).saying("!one");
    Sent two = event(1, 1).saying("!two");
    parcels.send(one, two, one, two);
    assertThat(parcels.deadLetters()).hasSize(2);

    parcels.send(event(1, 1), one, two, event(1, 1).saying("other"), event(1, 1).saying("other"));
    assertThat(parcels.deadLetters()).hasSize(1);
    assertThat(parcels.effects()).containsExactly("moved 1");
  }

  @Test
  void replayedLetterIsALetterOfTheEventAndNotOfTheReplay() {
    parcels.repair(event(1, 1).undecodable());

    TestRecord<byte[], byte[]> letter = parcels.deadLetters().get(0);
    assertThat(letter.key()).isEqualTo("p-1".getBytes(UTF_8));
    assertThat(letter.headers().lastHeader(ReplayHeaders.KEY)).isNull();
    assertThat(Parcels.header(letter, DeadLetterHeaders.TOPIC)).isEqualTo("parcels.replays");
  }

  /** What a newcomer reads when both topics were compacted, in any order of the two. */
  @Test
  void newcomerHasWhatWasRepairedAndWhatCameLater() {
    for (boolean replaysFirst : new boolean[] {true, false}) {
      try (Parcels newcomer = new Parcels()) {
        if (replaysFirst) {
          newcomer.replay(event(2, 2));
        }
        newcomer.send(event(3, 3).saying(null), event(4, 1).of("p-2"));
        if (!replaysFirst) {
          newcomer.replay(event(2, 2));
        }

        assertThat(newcomer.effects())
            .containsExactlyInAnyOrder(
                replaysFirst ? "moved 2" : "moved 2 (newer applied)", "gone 3", "moved 1");
      }
    }
  }

  private void pass(Duration time) {
    for (long hour = 0; hour <= time.toHours(); hour++) {
      parcels.send(
          event((int) (1_000 + hour), hour + 1, NOON.plus(Duration.ofHours(hour))).of("other"));
    }
  }
}
