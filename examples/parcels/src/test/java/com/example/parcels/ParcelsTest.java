package com.example.parcels;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deduplication.Decision;
import dev.waybill.deduplication.Reason;
import dev.waybill.deduplication.testkit.DeduplicationTestDriver;
import dev.waybill.deduplication.testkit.TestEvents;
import dev.waybill.registry.AvroDeserializer;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.test.TestRecord;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What A writes to a real PostgreSQL, and what B makes of it. */
class ParcelsTest {
  private static EmbeddedPostgres postgres;
  private static ParcelService service;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.start();
    service = new ParcelService(postgres.getPostgresDatabase());
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @BeforeEach
  void empty() {
    DSL.using(postgres.getPostgresDatabase(), SQLDialect.POSTGRES)
        .execute("TRUNCATE parcel, outbox_event");
  }

  @Test
  void changeThatDidNotHappenHasNoEvent() {
    assertThat(service.accept("p-1", 250)).isTrue();
    assertThat(service.accept("p-1", 999)).isFalse();
    service.send("p-1");

    assertThat(rows().map(row -> row.get("event_type")))
        .containsExactly("ParcelAccepted", "ParcelSent");
  }

  @Test
  void eventThatArrivesTwiceGivesOneNotice() throws Exception {
    service.accept("p-1", 250);
    service.send("p-1");
    List<TestRecord<byte[], byte[]>> events = rows().map(ParcelsTest::relayed).stream().toList();

    try (RegistryOfOneSchema server = new RegistryOfOneSchema(Parcel.getClassSchema());
        SchemaRegistry registry = new SchemaRegistry(SchemaRegistryConfig.of(server.url()));
        DeduplicationTestDriver<byte[], byte[]> driver = driver(registry)) {
      driver.send(events);
      driver.send(events.stream().map(TestEvents::duplicateOf).toList());
      driver.send(TestEvents.conflictingWith(events.get(0), events.get(1).value()));

      driver.assertDecided(
          Decision.Applied.class,
          Decision.Applied.class,
          Decision.Duplicate.class,
          Decision.Duplicate.class,
          Decision.Conflict.class);
      driver.assertDeadLetters(Reason.CONFLICT);
      StringDeserializer text = new StringDeserializer();
      assertThat(
              driver
                  .driver()
                  .createOutputTopic("parcels.notices", text, text)
                  .readKeyValuesToList())
          .containsExactly(
              KeyValue.pair("p-1", "ParcelAccepted: 250 g"),
              KeyValue.pair("p-1", "ParcelSent: 250 g"));
    }
  }

  private static DeduplicationTestDriver<byte[], byte[]> driver(SchemaRegistry registry) {
    ByteArraySerializer bytes = new ByteArraySerializer();
    return new DeduplicationTestDriver<>(
        ParcelNotices.SETTINGS,
        bytes,
        bytes,
        Instant.now(),
        listener ->
            new ParcelNotices(new AvroDeserializer<>(registry, Parcel.class), listener).topology());
  }

  private static org.jooq.Result<Record> rows() {
    return DSL.using(postgres.getPostgresDatabase(), SQLDialect.POSTGRES)
        .fetch("SELECT * FROM outbox_event ORDER BY seq");
  }

  /** As the relay publishes a row: the headers of docs/reading.md, and the schema's id in front. */
  private static TestRecord<byte[], byte[]> relayed(Record row) {
    byte[] payload = row.get("payload", byte[].class);
    byte[] value =
        ByteBuffer.allocate(5 + payload.length).put((byte) 0).putInt(1).put(payload).array();
    TestRecord<byte[], byte[]> event =
        TestEvents.relayed(
            1,
            row.get("aggregate_id", String.class).getBytes(UTF_8),
            row.get("aggregate_version", Long.class),
            value,
            row.get("occurred_at", OffsetDateTime.class).toInstant());
    event = TestEvents.with(event, "ce_id", row.get("event_id", String.class));
    return TestEvents.with(event, "ce_type", row.get("event_type", String.class));
  }
}
