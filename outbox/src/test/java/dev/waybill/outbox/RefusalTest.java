package dev.waybill.outbox;

import static dev.waybill.outbox.jooq.Tables.OUTBOX_EVENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.outbox.RejectedEventException.Reason;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What never becomes a row. */
@ExtendWith(Postgres.class)
@SuppressWarnings("NullAway") // Callers that know no annotations.
class RefusalTest {
  private static final int MAX_PAYLOAD_BYTES = 1000;

  private final DSLContext database = Postgres.database();
  private @Nullable Outbox outbox;

  @BeforeEach
  void open() {
    outbox = Outbox.open(database, new OutboxSettings(MAX_PAYLOAD_BYTES), schemas());
  }

  private static List<Schema> schemas() {
    return List.of(Parcels.SCHEMA);
  }

  static Stream<Arguments> refused() {
    OutboxEvent good = Parcels.sent("a", 1);
    GenericData.Record unfinished = new GenericData.Record(Parcels.SCHEMA);
    unfinished.put("id", "a");
    GenericData.Record mistyped = new GenericData.Record(Parcels.SCHEMA);
    mistyped.put("id", "a");
    mistyped.put("grams", "heavy");
    return Stream.of(
        Arguments.of(Reason.EVENT_ID, good.withEventId(null), "missing"),
        Arguments.of(Reason.EVENT_ID, good.withEventId(UUID.randomUUID()), "version 7"),
        Arguments.of(Reason.EVENT_ID, good.withEventId(new UUID(0x7000, 0)), "version 7"),
        Arguments.of(Reason.AGGREGATE_ID, event("parcel", null, 1, "Sent"), "missing"),
        Arguments.of(Reason.AGGREGATE_ID, event("parcel", "", 1, "Sent"), "blank"),
        Arguments.of(Reason.AGGREGATE_ID, event("parcel", " \t", 1, "Sent"), "blank"),
        Arguments.of(Reason.AGGREGATE_ID, event("parcel", "ı".repeat(257), 1, "Sent"), "514"),
        Arguments.of(
            Reason.AGGREGATE_ID, event("parcel", "a\0b", 1, "Sent"), "null character at 1"),
        Arguments.of(Reason.AGGREGATE_ID, event("parcel", "a\ud83d", 1, "Sent"), "surrogate"),
        Arguments.of(Reason.AGGREGATE_ID, event("parcel", "\ude00a", 1, "Sent"), "surrogate"),
        Arguments.of(Reason.AGGREGATE_TYPE, event(null, "a", 1, "Sent"), "missing"),
        Arguments.of(Reason.AGGREGATE_TYPE, event("x".repeat(256), "a", 1, "Sent"), "256"),
        Arguments.of(Reason.EVENT_TYPE, event("parcel", "a", 1, "  "), "blank"),
        Arguments.of(Reason.EVENT_TYPE, event("parcel", "a", 1, "S\0"), "null character"),
        Arguments.of(Reason.AGGREGATE_VERSION, event("parcel", "a", 0, "Sent"), "version is 0"),
        Arguments.of(Reason.AGGREGATE_VERSION, event("parcel", "a", -1, "Sent"), "version is -1"),
        Arguments.of(Reason.HEADERS, good.withHeaders(null), "null"),
        Arguments.of(Reason.HEADERS, good.withHeaders(Map.of("ce_id", "x")), "reserved"),
        Arguments.of(Reason.HEADERS, good.withHeaders(Map.of("CE_Time", "x")), "reserved"),
        Arguments.of(Reason.HEADERS, good.withHeaders(Map.of("CONTENT-TYPE", "x")), "reserved"),
        Arguments.of(Reason.HEADERS, good.withHeaders(Map.of("", "x")), "blank"),
        Arguments.of(Reason.HEADERS, good.withHeaders(Map.of("a", "\0")), "null character"),
        Arguments.of(
            Reason.HEADERS, good.withHeaders(Collections.singletonMap("a", null)), "a is null"),
        Arguments.of(
            Reason.HEADERS, good.withHeaders(Collections.singletonMap(null, "a")), "missing"),
        Arguments.of(
            Reason.HEADERS,
            good.withHeaders(Map.of("a", "x".repeat(16 * 1024))),
            "more than 16384"),
        Arguments.of(
            Reason.OCCURRED_AT, good.withOccurredAt(Instant.EPOCH.minusNanos(1)), "1969-12-31"),
        Arguments.of(Reason.OCCURRED_AT, good.withOccurredAt(Instant.MAX), "9999"),
        Arguments.of(Reason.SCHEMA_UNKNOWN, payload(stranger()), "com.example.Stranger"),
        Arguments.of(
            Reason.PAYLOAD_TOO_LARGE, payload(Parcels.withNote("x".repeat(1000))), "1000 bytes"),
        Arguments.of(Reason.PAYLOAD_INVALID, payload(unfinished), "grams"),
        Arguments.of(Reason.PAYLOAD_INVALID, payload(mistyped), "com.example.Parcel"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(Reason reason, OutboxEvent event, String message) {
    database.transaction(
        tx -> {
          assertThatThrownBy(() -> outbox.append(tx, List.of(Parcels.sent("good", 1), event)))
              .isInstanceOfSatisfying(
                  RejectedEventException.class, e -> assertThat(e.reason()).isEqualTo(reason))
              .hasMessageContaining(message);
          assertThatThrownBy(() -> outbox.append(tx, event))
              .isInstanceOf(RejectedEventException.class);
          assertThatThrownBy(
                  () -> outbox.changeAndAppend(tx, tx.dsl().deleteFrom(DSL.table("parcel")), event))
              .isInstanceOf(RejectedEventException.class);
          assertThat(tx.dsl().fetchCount(OUTBOX_EVENT)).isZero();
          outbox.append(tx, Parcels.sent("after", 1));
        });

    assertThat(database.fetch(OUTBOX_EVENT).getValues(OUTBOX_EVENT.AGGREGATE_ID))
        .containsExactly("after");
  }

  @Test
  void limitsThemselvesAreAccepted() {
    String note = "x".repeat(MAX_PAYLOAD_BYTES - 6);

    database.transaction(
        tx -> {
          outbox.append(tx, payload(Parcels.withNote(note)));
          outbox.append(tx, event("t".repeat(255), "ı".repeat(256), 1, "😀".repeat(63)));
          outbox.append(
              tx,
              Parcels.sent("a", Long.MAX_VALUE)
                  .withHeaders(Map.of("a", "x".repeat(16 * 1024 - 1))));
          outbox.append(tx, Parcels.sent("a", 1).withOccurredAt(Instant.EPOCH));
        });

    assertThat(database.fetchValue("SELECT max(octet_length(payload)) FROM outbox_event"))
        .isEqualTo(MAX_PAYLOAD_BYTES);
    assertThatThrownBy(
            () ->
                database.transaction(
                    tx -> outbox.append(tx, payload(Parcels.withNote(note + "x")))))
        .isInstanceOf(RejectedEventException.class);
  }

  @Test
  void connectionThatCommitsEachStatementIsRefused() {
    assertThatThrownBy(() -> outbox.append(database.configuration(), Parcels.sent("a", 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not in a transaction");

    assertThat(database.fetchCount(OUTBOX_EVENT)).isZero();
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new OutboxSettings(0)).hasMessageContaining("maxPayloadBytes is 0");
  }

  private static OutboxEvent event(String type, String id, long version, String eventType) {
    return OutboxEvent.of(type, id, version, eventType, Parcels.parcel("a", 1));
  }

  private static OutboxEvent payload(IndexedRecord payload) {
    return OutboxEvent.of("parcel", "a", 1, "Sent", payload);
  }

  private static IndexedRecord stranger() {
    return new GenericData.Record(
        new Schema.Parser()
            .parse("{\"type\": \"record\", \"name\": \"com.example.Stranger\", \"fields\": []}"));
  }
}
