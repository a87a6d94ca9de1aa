package dev.waybill.deduplication;

import static dev.waybill.deduplication.Sent.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each row of the decision table, in its order. */
class DecisionTableTest {
  private final Parcels parcels = new Parcels();

  @AfterEach
  void close() {
    parcels.close();
  }

  @Test
  void undecodableValueIsADeadLetterThatKeepsEverythingOfTheRecord() {
    Sent poison = event(1, 1).undecodable().with("traceparent", "00-abc");
    parcels.wallClockMovesTo(Instant.parse("2026-12-24T12:00:00Z"));

    assertThat(parcels.send(poison))
        .isEqualTo(new Decision.DeadLettered(Reason.UNDECODABLE, "begins with !", 0));

    TestRecord<byte[], byte[]> letter = parcels.deadLetters().get(0);
    assertThat(letter.key()).isEqualTo(poison.record().key());
    assertThat(letter.value()).isEqualTo(poison.record().value());
    assertThat(DeadLetterHeaders.withoutThem(letter.headers()))
        .isEqualTo(poison.record().headers());
    assertThat(Parcels.header(letter, DeadLetterHeaders.REASON)).isEqualTo("UNDECODABLE");
    assertThat(Parcels.header(letter, DeadLetterHeaders.DETAIL)).isEqualTo("begins with !");
    assertThat(Parcels.header(letter, DeadLetterHeaders.TOPIC)).isEqualTo("parcels.events");
    assertThat(Parcels.header(letter, DeadLetterHeaders.PARTITION)).isEqualTo("0");
    assertThat(Parcels.header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("0");
    assertThat(Parcels.header(letter, DeadLetterHeaders.TIMESTAMP))
        .isEqualTo(Long.toString(Sent.NOON.toEpochMilli()));
    assertThat(Parcels.header(letter, DeadLetterHeaders.TIME)).isEqualTo("2026-12-24T12:00:00Z");
    assertThat(letter.getRecordTime()).isEqualTo(Instant.parse("2026-12-24T12:00:00Z"));
    assertThat(parcels.effects()).isEmpty();
  }

  @Test
  void recordWithoutUsableHeadersIsADeadLetter() {
    assertThat(reasonOf(event(1, 1).of(null))).isEqualTo("MISSING_KEY");
    assertThat(reasonOf(event(1, 1).with("ce_id", null))).isEqualTo("MISSING_ID");
    assertThat(reasonOf(event(1, 1).with("ce_id", "42"))).isEqualTo("INVALID_ID");
    assertThat(reasonOf(event(1, 1).with("ce_id", "0e4d6f58-2b3e-4c0e-9a57-1c2d3e4f5a6b")))
        .as("a UUID of version 4")
        .isEqualTo("INVALID_ID");
    assertThat(reasonOf(event(1, 1).with("ce_sequence", null))).isEqualTo("MISSING_VERSION");
    int id = 2;
    for (String version :
        new String[] {"0", "-1", "+1", "1.0", "", "99999999999999999999", "9999999999999999999"}) {
      assertThat(reasonOf(event(id++, 1).with("ce_sequence", version)))
          .as(version)
          .isEqualTo("INVALID_VERSION");
    }
    assertThat(parcels.effects()).isEmpty();
  }

  private String reasonOf(Sent record) {
    parcels.send(record);
    return Parcels.header(parcels.deadLetters().get(0), DeadLetterHeaders.REASON);
  }

  @Test
  void seenIdWithTheSameContentIsADuplicateAndCounted() {
    parcels.send(event(1, 1));

    assertThat(parcels.send(event(1, 1))).isInstanceOf(Decision.Duplicate.class);
    assertThat(parcels.send(event(1, 1).with("traceparent", "00-1").with("ce_time", null)))
        .as("other headers are not content")
        .isInstanceOf(Decision.Duplicate.class);

    assertThat(parcels.effects()).containsExactly("moved 1");
    RememberedEvent remembered = parcels.remembered(event(1, 1).id()).orElseThrow();
    assertThat(remembered.applied()).isTrue();
    assertThat(remembered.duplicates()).isEqualTo(2);
    assertThat(remembered.offset()).isZero();
    assertThat(remembered.at()).isEqualTo(Sent.NOON);
  }

  @Test
  void frameInFrontOfTheValueIsNotContent() {
    parcels.send(event(1, 1).saying("1:moved"));

    assertThat(parcels.send(event(1, 1).saying("2:moved"))).isInstanceOf(Decision.Duplicate.class);
  }

  @Test
  void seenIdWithOtherContentIsAConflict() {
    parcels.send(event(1, 1));

    assertThat(parcels.send(event(1, 1).saying("lost"))).isInstanceOf(Decision.Conflict.class);
    assertThat(parcels.send(event(1, 1).saying(null))).isInstanceOf(Decision.Conflict.class);
    assertThat(parcels.send(event(1, 1).with("ce_type", "Lost")))
        .isInstanceOf(Decision.Conflict.class);
    assertThat(parcels.send(event(1, 1).with("ce_sequence", "2")))
        .isInstanceOf(Decision.Conflict.class);
    assertThat(parcels.send(event(1, 1).of("p-2"))).isInstanceOf(Decision.Conflict.class);

    assertThat(parcels.deadLetters())
        .hasSize(5)
        .allMatch(letter -> Parcels.header(letter, DeadLetterHeaders.REASON).equals("CONFLICT"));
    assertThat(parcels.effects()).containsExactly("moved 1");
    assertThat(parcels.send(event(1, 1)))
        .as("the first one's content stays the event's")
        .isInstanceOf(Decision.Duplicate.class);
  }

  @Test
  void undecodableCopyOfAnAppliedEventChangesNothingAboutIt() {
    parcels.send(event(1, 1));

    assertThat(parcels.send(event(1, 1).undecodable())).isInstanceOf(Decision.DeadLettered.class);
    assertThat(parcels.send(event(1, 1).with("ce_sequence", null)))
        .isInstanceOf(Decision.DeadLettered.class);

    assertThat(parcels.send(event(1, 1))).isInstanceOf(Decision.Duplicate.class);
    assertThat(parcels.effects()).containsExactly("moved 1");
  }

  @Test
  void versionNotAboveTheLastIsStale() {
    parcels.send(event(1, 1), event(2, 2));

    assertThat(parcels.send(event(3, 2))).isEqualTo(new Decision.Stale(2, 2));
    assertThat(parcels.send(event(4, 1))).isEqualTo(new Decision.Stale(1, 2));

    assertThat(parcels.effects()).containsExactly("moved 1", "moved 2");
    assertThat(parcels.deadLetters()).isEmpty();
  }

  @Test
  void nextVersionIsApplied() {
    assertThat(parcels.send(event(1, 1))).isEqualTo(new Decision.Applied(0));
    assertThat(parcels.send(event(2, 2))).isEqualTo(new Decision.Applied(0));
    assertThat(parcels.send(event(3, 1).of("p-2"))).isEqualTo(new Decision.Applied(0));

    assertThat(parcels.effects()).containsExactly("moved 1", "moved 2", "moved 1");
  }

  @Test
  void laterVersionIsAppliedAndTheGapCounted() {
    assertThat(parcels.send(event(1, 4))).isEqualTo(new Decision.Applied(3));
    assertThat(parcels.send(event(2, 7))).isEqualTo(new Decision.Applied(2));
    assertThat(parcels.send(event(3, 8))).isEqualTo(new Decision.Applied(0));

    assertThat(parcels.effects()).containsExactly("moved 4", "moved 7", "moved 8");
  }

  @Test
  void tombstoneIsAppliedAndKeepsItsVersion() {
    parcels.send(event(1, 1));

    assertThat(parcels.send(event(2, 2).saying(null))).isEqualTo(new Decision.Applied(0));
    assertThat(parcels.send(event(2, 2).saying(null))).isInstanceOf(Decision.Duplicate.class);
    assertThat(parcels.send(event(3, 1)))
        .as("from before the tombstone")
        .isEqualTo(new Decision.Stale(1, 2));

    assertThat(parcels.effects()).containsExactly("moved 1", "gone 2");
  }

  @Test
  void poisonBetweenGoodRecordsStopsNothingAndMakesNoGap() {
    parcels.send(event(1, 1), event(2, 2).undecodable());

    assertThat(parcels.send(event(3, 3))).isEqualTo(new Decision.Applied(0));
    assertThat(parcels.effects()).containsExactly("moved 1", "moved 3");
    assertThat(parcels.deadLetters()).hasSize(1);
    RememberedEvent poison = parcels.remembered(event(2, 2).id()).orElseThrow();
    assertThat(poison.applied()).isFalse();
    assertThat(poison.reason()).isEqualTo(Reason.UNDECODABLE);
  }

  @Test
  void outageWhileDecodingIsNoDeadLetterAndLeavesNothingBehind() {
    parcels.send(event(1, 1));
    parcels.format.away = true;

    assertThatThrownBy(() -> parcels.send(event(2, 2).saying("~moved 2")))
        .hasRootCauseMessage("the registry is away");

    assertThat(parcels.decisions).hasSize(1);
    assertThat(parcels.deadLetters()).isEmpty();
    assertThat(parcels.remembered(event(2, 2).id())).isEmpty();
    parcels.format.away = false;
    assertThat(parcels.send(event(2, 2).saying("~moved 2"))).isEqualTo(new Decision.Applied(0));
    assertThat(parcels.effects()).containsExactly("moved 1", "~moved 2");
  }

  @Test
  void knownDuplicateNeedsNoRegistry() {
    parcels.send(event(1, 1).saying("~moved 1"));
    parcels.format.away = true;

    assertThat(parcels.send(event(1, 1).saying("~moved 1"))).isInstanceOf(Decision.Duplicate.class);
  }
}
