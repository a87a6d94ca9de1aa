package com.example.moves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deduplication.Decision;
import dev.waybill.deduplication.Reason;
import dev.waybill.deduplication.testkit.DeduplicationTestDriver;
import dev.waybill.deduplication.testkit.SameDecisions;
import dev.waybill.deduplication.testkit.TestEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Events as Debezium's outbox event router makes them, and what Debezium does to them. */
class ParcelMovesTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @Test
  void eventThatDebeziumSendsAgainCountsOnce() {
    TestRecord<String, String> accepted = routed("ParcelAccepted", "p-1", "{\"grams\": 250}");
    TestRecord<String, String> moved = routed("ParcelMoved", "p-1", "{\"to\": \"Basel\"}");
    TestRecord<String, String> again = routed("ParcelMoved", "p-1", "{\"to\": \"Bern\"}");

    try (DeduplicationTestDriver<String, String> driver = driver()) {
      // From its last offset, after a crash: later by its clock, which gives records their
      // timestamps.
      driver.send(accepted, moved, sentAgain(accepted), sentAgain(moved), again, sentAgain(again));

      driver.assertDecided(
          Decision.Applied.class,
          Decision.Applied.class,
          Decision.Duplicate.class,
          Decision.Duplicate.class,
          Decision.Applied.class,
          Decision.Duplicate.class);
      assertThat(
              driver
                  .driver()
                  .createOutputTopic(
                      "parcels.moves", new StringDeserializer(), new LongDeserializer())
                  .readKeyValuesToMap())
          .containsEntry("p-1", 2L);
    }
  }

  @Test
  void idWithTwoContentsIsADeadLetter() {
    TestRecord<String, String> moved = routed("ParcelMoved", "p-1", "{\"to\": \"Basel\"}");

    try (DeduplicationTestDriver<String, String> driver = driver()) {
      driver.send(moved, TestEvents.conflictingWith(moved, "{\"to\": \"Bern\"}"));

      driver.assertDecided(Decision.Applied.class, Decision.Conflict.class);
      driver.assertDeadLetters(Reason.CONFLICT);
    }
  }

  @Test
  void sameLogGivesTheSameDecisions() {
    TestRecord<String, String> moved = routed("ParcelMoved", "p-1", "{\"to\": \"Basel\"}");

    SameDecisions.assertOf(
        List.of(moved, sentAgain(moved), routed("ParcelMoved", "p-2", "{}"), sentAgain(moved)),
        ParcelMovesTest::driver);
  }

  private static DeduplicationTestDriver<String, String> driver() {
    return new DeduplicationTestDriver<>(
        ParcelMoves.SETTINGS,
        new StringSerializer(),
        new StringSerializer(),
        NOON,
        listener -> new ParcelMoves(listener).topology());
  }

  /**
   * A row of the outbox with the router's defaults: key is {@code aggregateid}, value {@code
   * payload}, the header {@code id} the column of that name, a UUID of version 4, and the timestamp
   * when Debezium saw it. The header {@code eventType} is the column {@code type} by {@code
   * table.fields.additional.placement=type:header:eventType}.
   */
  private static TestRecord<String, String> routed(String type, String parcelId, String payload) {
    TestRecord<String, String> event = TestEvents.outboxed(1, parcelId, payload, NOON);
    event = TestEvents.with(event, "id", UUID.randomUUID().toString());
    return TestEvents.with(event, "eventType", type);
  }

  private static TestRecord<String, String> sentAgain(TestRecord<String, String> event) {
    return TestEvents.late(event, Duration.ofMinutes(5));
  }
}
