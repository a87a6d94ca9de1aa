package dev.waybill.outbox;

import static dev.waybill.outbox.jooq.Tables.OUTBOX_EVENT;
import static dev.waybill.outbox.jooq.Tables.OUTBOX_SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Postgres.class)
class OutboxAppendTest {
  private final DSLContext database = Postgres.database();
  private Outbox outbox = Outbox.open(database, OutboxSettings.defaults(), List.of(Parcels.SCHEMA));

  @BeforeEach
  void open() {
    outbox = Outbox.open(database, OutboxSettings.defaults(), List.of(Parcels.SCHEMA));
  }

  @Test
  void rowHoldsWhatTheEventSaid() throws Exception {
    OutboxEvent event =
        Parcels.sent("parcel-ı-1", 3)
            .withHeaders(Map.of("traceparent", "00-\"quoted\"\\\n\tü😀-01"))
            .withOccurredAt(Instant.parse("2026-03-01T10:15:30.123456789Z"));

    database.transaction(tx -> outbox.append(tx, event));

    Record row = database.selectFrom(OUTBOX_EVENT).fetchSingle();
    assertThat(row.get(OUTBOX_EVENT.SEQ)).isEqualTo(1);
    assertThat(row.get(OUTBOX_EVENT.SLOT)).isEqualTo((short) Slots.of("parcel-ı-1"));
    assertThat(row.get(OUTBOX_EVENT.EVENT_ID)).isEqualTo(event.eventId());
    assertThat(row.get(OUTBOX_EVENT.AGGREGATE_TYPE)).isEqualTo("parcel");
    assertThat(row.get(OUTBOX_EVENT.AGGREGATE_ID)).isEqualTo("parcel-ı-1");
    assertThat(row.get(OUTBOX_EVENT.AGGREGATE_VERSION)).isEqualTo(3);
    assertThat(row.get(OUTBOX_EVENT.EVENT_TYPE)).isEqualTo("ParcelSent");
    assertThat(row.get(OUTBOX_EVENT.SCHEMA_ID))
        .isEqualTo(database.fetchSingle(OUTBOX_SCHEMA).get(OUTBOX_SCHEMA.SCHEMA_ID));
    assertThat(decode(row.get(OUTBOX_EVENT.PAYLOAD))).isEqualTo(event.payload());
    assertThat(row.get(OUTBOX_EVENT.OCCURRED_AT))
        .isEqualTo(Instant.parse("2026-03-01T10:15:30.123456Z"));
    assertThat(database.fetchValue("SELECT headers->>'traceparent' FROM outbox_event"))
        .isEqualTo("00-\"quoted\"\\\n\tü😀-01");
  }

  @Test
  void rowIsMarkedWithItsTransactionAndItsTime() {
    database.transaction(
        tx -> {
          Object xid = tx.dsl().fetchValue("SELECT pg_current_xact_id()::text");
          Object began = tx.dsl().fetchValue(DSL.field("now()", Instant.class));
          outbox.append(tx, Parcels.sent("a", 1));
          Record row = tx.dsl().fetchSingle(OUTBOX_EVENT);
          assertThat(row.get(OUTBOX_EVENT.XID)).isEqualTo(xid);
          assertThat(row.get(OUTBOX_EVENT.OCCURRED_AT)).isEqualTo(began);
        });
  }

  @Test
  void rollbackLeaksNothing() {
    assertThatThrownBy(
            () ->
                database.transaction(
                    tx -> {
                      outbox.append(tx, Parcels.sent("a", 1));
                      outbox.append(tx, List.of(Parcels.sent("b", 1), Parcels.sent("c", 1)));
                      throw new IllegalStateException("the business said no");
                    }))
        .hasMessage("the business said no");

    assertThat(database.fetchCount(OUTBOX_EVENT)).isZero();
  }

  @Test
  void batchKeepsTheOrderOfTheList() {
    List<OutboxEvent> events =
        LongStream.rangeClosed(1, 1000).mapToObj(i -> Parcels.sent("p" + i % 7, i)).toList();

    database.transaction(tx -> outbox.append(tx, events));

    assertThat(
            database
                .select(OUTBOX_EVENT.EVENT_ID)
                .from(OUTBOX_EVENT)
                .orderBy(OUTBOX_EVENT.SEQ)
                .fetch(OUTBOX_EVENT.EVENT_ID))
        .isEqualTo(events.stream().map(OutboxEvent::eventId).toList());
  }

  @Test
  void emptyBatchWritesNothing() {
    database.transaction(tx -> outbox.append(tx, List.of()));

    assertThat(database.fetchCount(OUTBOX_EVENT)).isZero();
  }

  @Test
  void tombstoneHasNeitherPayloadNorSchema() {
    database.transaction(
        tx ->
            outbox.append(
                tx,
                List.of(
                    Parcels.sent("a", 1),
                    OutboxEvent.tombstone("parcel", "a", 2, "ParcelForgotten"))));

    Record row = database.fetchSingle(OUTBOX_EVENT, OUTBOX_EVENT.EVENT_TYPE.eq("ParcelForgotten"));
    assertThat(row.get(OUTBOX_EVENT.PAYLOAD)).isNull();
    assertThat(row.get(OUTBOX_EVENT.SCHEMA_ID)).isNull();
    assertThat(row.get(OUTBOX_EVENT.AGGREGATE_VERSION)).isEqualTo(2);
  }

  private static GenericRecord decode(byte[] payload) throws Exception {
    return Objects.requireNonNull(
        new GenericDatumReader<GenericRecord>(Parcels.SCHEMA)
            .read(null, DecoderFactory.get().binaryDecoder(payload, null)));
  }
}
