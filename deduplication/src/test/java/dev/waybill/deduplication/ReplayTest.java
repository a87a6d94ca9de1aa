package dev.waybill.deduplication;

import static dev.waybill.deduplication.Sent.NOON;
import static dev.waybill.deduplication.Sent.event;
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

    assertThat(parcels.send(event(2, 2))).isEqualTo(new Decision.Replayed(false));
    assertThat(parcels.send(event(2, 2))).isInstanceOf(Decision.Duplicate.class);

    assertThat(parcels.effects()).containsExactly("moved 1", "moved 2");
    assertThat(parcels.send(event(3, 3))).isEqualTo(new Decision.Applied(0));
  }

  @Test
  void replayAfterSomethingNewerHasItsOwnEffectsOnlyAndOnce() {
    parcels.send(event(1, 1), event(2, 2).undecodable(), event(3, 3));

    assertThat(parcels.send(event(2, 2))).isEqualTo(new Decision.Replayed(true));
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
    assertThat(parcels.send(replay.saying("moved"))).isEqualTo(new Decision.Replayed(false));
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
    assertThat(parcels.send(GOOD.saying("repaired"))).isEqualTo(new Decision.Replayed(false));
  }

  @Test
  void lettersReplayedOutOfOrderAllHaveTheirEffects() {
    parcels.send(event(1, 1), event(2, 2).undecodable(), event(3, 3).undecodable());

    assertThat(parcels.send(event(3, 3))).isEqualTo(new Decision.Replayed(false));
    assertThat(parcels.send(event(2, 2))).isEqualTo(new Decision.Replayed(true));

    assertThat(parcels.effects()).containsExactly("moved 1", "moved 3", "moved 2 (newer applied)");
  }

  @Test
  void replayCountsOnceEvenWhenTheIdStoreForgotBothTheLetterAndTheReplay() {
    parcels.send(event(1, 1), event(2, 2).undecodable());
    pass(Duration.ofDays(20));

    assertThat(parcels.remembered(event(2, 2).id())).isEmpty();
    Sent repaired = event(2, 2).saying("repaired");
    assertThat(parcels.send(repaired)).isEqualTo(new Decision.Replayed(false));
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
    assertThat(parcels.send(event(2, 2))).isEqualTo(new Decision.Applied(0));

    parcels.send(event(3, 3).with("ce_sequence", "three"));
    assertThat(parcels.send(event(4, 4))).isEqualTo(new Decision.Applied(1));
    assertThat(parcels.send(event(3, 3))).isEqualTo(new Decision.Replayed(true));
    assertThat(parcels.send(event(3, 3))).isInstanceOf(Decision.Duplicate.class);
  }

  @Test
  void repairUnderANewIdTakesEffectOnceInPlaceOfTheLetter() {
    parcels.send(event(1, 1), event(2, 2).undecodable());

    assertThat(parcels.send(event(22, 2).saying("repaired")))
        .isEqualTo(new Decision.Replayed(false));
    assertThat(parcels.send(event(2, 2))).isEqualTo(new Decision.Stale(2, 2));
  }

  private void pass(Duration time) {
    for (long hour = 0; hour <= time.toHours(); hour++) {
      parcels.send(
          event((int) (1_000 + hour), hour + 1, NOON.plus(Duration.ofHours(hour))).of("other"));
    }
  }
}
