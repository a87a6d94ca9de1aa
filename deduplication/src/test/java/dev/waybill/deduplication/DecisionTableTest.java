package dev.waybill.deduplication;

import static dev.waybill.deduplication.Sent.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.header.Header;
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
        .isEqualTo(new Decision.DeadLettered(Reason.UNDECODABLE, "begins with !"));

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
        new String[] {
          "0",
          "-1",
          "+1",
          "1.0",
          "",
          "99999999999999999999",
          "9007199254740992",
          "0000000000000001x"
        }) {
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
  void newIdOfAVersionThatAnotherEventHasIsADeadLetterAndNothingSilent() {
    parcels.send(event(1, 1), event(2, 2));

    assertThat(parcels.send(event(3, 2))).isEqualTo(new Decision.VersionTaken(2, 2));
    assertThat(parcels.send(event(4, 1))).isEqualTo(new Decision.VersionTaken(1, 2));
    assertThat(parcels.send(event(4, 1))).isInstanceOf(Decision.Duplicate.class);

    assertThat(parcels.effects()).containsExactly("moved 1", "moved 2");
    assertThat(parcels.deadLetters())
        .hasSize(2)
        .allMatch(letter -> Parcels.header(letter, "dead-letter-reason").equals("VERSION_TAKEN"));
  }

  @Test
  void takenVersionOfAnIdThatTheStoreMayHaveForgottenIsStale() {
    parcels.send(event(1, 1), event(2, 2));

    Instant longAgo = Sent.NOON.minus(Duration.ofDays(8));
    assertThat(parcels.send(event(3, 2, longAgo))).isEqualTo(new Decision.Stale(2, 2));
    assertThat(parcels.deadLetters()).isEmpty();
  }

  @Test
  void versionThatWasSkippedTakesEffectOnceWhenItComesLate() {
    parcels.send(event(1, 1), event(4, 4));

    assertThat(parcels.send(event(2, 2))).isEqualTo(new Decision.Late());
    assertThat(parcels.send(event(2, 2))).isInstanceOf(Decision.Duplicate.class);
    Sent old = event(3, 3, Sent.NOON.minus(Duration.ofDays(400)));
    assertThat(parcels.send(old)).isEqualTo(new Decision.Late());
    assertThat(parcels.send(old)).isEqualTo(new Decision.Stale(3, 4));

    assertThat(parcels.effects())
        .containsExactly(
            "moved 1", "moved 4", "moved 2 (newer applied)", "moved 3 (newer applied)");
  }

  @Test
  void whatABadRecordClaimsSilencesNobody() {
    parcels.send(event(1, 1));
    parcels.send(event(2, 1).undecodable().with("ce_sequence", "9007199254740991"));

    assertThat(parcels.send(event(3, 2))).isEqualTo(new Decision.Applied(0));
    assertThat(parcels.deadLetters()).hasSize(1);
    assertThat(reasonOf(event(4, 1).saying(null).with("ce_sequence", "9223372036854775807")))
        .as("a tombstone, which has no value to compare with")
        .isEqualTo("INVALID_VERSION");
    assertThat(reasonOf(event(6, 1).saying(null).with("ce_sequence", "9007199254740991")))
        .isEqualTo("INVALID_VERSION");
    assertThat(parcels.send(event(5, 3))).isEqualTo(new Decision.Applied(0));
  }

  @Test
  void tombstoneOfAnAggregateThatNobodyKnowsCannotClaimAnyVersion() {
    assertThat(reasonOf(event(1, 1).saying(null).with("ce_sequence", "9007199254740991")))
        .isEqualTo("INVALID_VERSION");
    assertThat(parcels.send(event(2, 1))).isEqualTo(new Decision.Applied(0));
  }

  @Test
  void versionOfTheHeaderHasToBeThatOfTheValue() {
    assertThat(reasonOf(event(1, 7).saying("v3"))).isEqualTo("INVALID_VERSION");
    assertThat(parcels.send(event(2, 3).saying("v3"))).isEqualTo(new Decision.Applied(2));
  }

  @Test
  void recordInAPartitionThatIsNotItsKeysIsADeadLetter() {
    try (Parcels checked =
        new Parcels(
            Parcels.SETTINGS.withPlacement(
                (key, partition) -> key.length == 3 && partition == 0))) {
      checked.send(event(1, 1), event(2, 1).of("parcel-2"));

      assertThat(checked.effects()).containsExactly("moved 1");
      assertThat(Parcels.header(checked.deadLetters().get(0), "dead-letter-reason"))
          .isEqualTo("WRONG_PARTITION");
    }
  }

  @Test
  void javasDefaultPartitionerIsKnown() {
    for (String key : new String[] {"p-1", "", "01a20d6d-5a00-7000-8000-000000000001", "ü"}) {
      byte[] bytes = key.getBytes(UTF_8);
      int partition = BuiltInPartitioner.partitionForKey(bytes, 7);
      assertThat(Placement.murmur2(7).belongs(bytes, partition)).as(key).isTrue();
      assertThat(Placement.murmur2(7).belongs(bytes, (partition + 1) % 7)).as(key).isFalse();
    }
  }

  @Test
  void keysOfAnyLengthStopNobody() {
    assertThat(reasonOf(event(1, 1).of("k".repeat(Envelope.LONGEST_KEY + 1))))
        .isEqualTo("INVALID_KEY");
    assertThat(parcels.send(event(2, 1).of("k".repeat(Envelope.LONGEST_KEY))))
        .isEqualTo(new Decision.Applied(0));
    assertThat(parcels.send(event(3, 1).of(""))).isEqualTo(new Decision.Applied(0));
  }

  @Test
  void ofARecordThatIsTooLargeTheLetterHasWhereItIsAndHowItBegins() {
    parcels.send(event(1, 1).saying("!" + "x".repeat(36 << 20)).with("note", "y".repeat(100)));

    TestRecord<byte[], byte[]> letter = parcels.deadLetters().get(0);
    assertThat(letter.value()).hasSize(1024).startsWith('!', 'x');
    assertThat(letter.key()).isEqualTo("p-1".getBytes(UTF_8));
    assertThat(Parcels.header(letter, "ce_id")).isEqualTo(event(1, 1).id().toString());
    assertThat(Parcels.header(letter, "dead-letter-value-bytes")).isEqualTo("37748737");
    assertThat(Parcels.header(letter, "dead-letter-key-bytes")).isEqualTo("3");
    assertThat(Parcels.header(letter, "dead-letter-offset")).isEqualTo("0");
    assertThat(letter.headers().lastHeader("note")).isNull();
    assertThat(parcels.send(event(1, 1))).as("repaired").isEqualTo(new Decision.Replayed(0, false));
  }

  @Test
  void whateverIsLargeInARecordItsLetterIsSmallEnough() {
    String large = "z".repeat(2 << 20);
    for (Sent sent :
        new Sent[] {
          event(1, 1).of(large),
          event(2, 1).with("ce_id", large),
          event(3, 1).with("ce_sequence", large),
          event(4, 1).undecodable().with("ce_type", large),
          event(5, 1).undecodable().with(large, "short"),
        }) {
      parcels.send(sent);
      TestRecord<byte[], byte[]> letter = parcels.deadLetters().get(0);
      int size = letter.value().length + (letter.key() == null ? 0 : letter.key().length);
      for (Header header : letter.headers()) {
        size += header.key().length() + header.value().length;
      }
      assertThat(size).isLessThan(16 * 1024);
    }
  }

  @Test
  void bugThatAValueMeetsWheneverItIsDecodedIsALetter() {
    parcels.send(event(1, 1));

    assertThat(parcels.send(event(2, 2).saying("%bug"))).isInstanceOf(Decision.DeadLettered.class);

    assertThat(parcels.send(event(3, 3))).isEqualTo(new Decision.Applied(0));
    TestRecord<byte[], byte[]> letter = parcels.deadLetters().get(0);
    assertThat(Parcels.header(letter, "dead-letter-reason")).isEqualTo("UNPROCESSABLE");
    assertThat(Parcels.header(letter, "dead-letter-detail"))
        .contains("ArithmeticException: long overflow at ")
        .contains("Texts.decode");
    assertThat(parcels.format.bugs).as("tries").isEqualTo(2);
  }

  @Test
  void checkedExceptionOfTheFormatIsABugLikeAnyOther() {
    assertThat(parcels.send(event(1, 1).saying("?who declares this")))
        .isInstanceOf(Decision.DeadLettered.class);

    assertThat(parcels.send(event(2, 2))).isEqualTo(new Decision.Applied(0));
    assertThat(Parcels.header(parcels.deadLetters().get(0), "dead-letter-detail"))
        .contains("ParseException: begins with ? at ");
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
        .as("made again after the tombstone")
        .isEqualTo(new Decision.VersionTaken(1, 2));

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
        .rootCause()
        .hasMessage("refused");

    assertThat(parcels.decisions()).hasSize(1);
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
