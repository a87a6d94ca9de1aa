package dev.waybill.proof.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.outbox.OutboxEvent;
import dev.waybill.proof.servers.Servers;
import dev.waybill.registry.WireFormat;
import dev.waybill.relay.Relay;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericData.StringType;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What commits arrives, what does not commit does not. */
@ExtendWith(Servers.class)
class PathTest {

  @Test
  void whatCommitsLateArrivesLateWhatRollsBackNeverAndNobodyWaits() throws Exception {
    RelayWorld world = new RelayWorld(1);
    try (Events late = world.events();
        Events rolledBack = world.events();
        Events quick = world.events();
        Relay relay = world.start()) {
      late.append("late", 1);
      rolledBack.append("gone", 1);
      quick.commitAll(List.of("quick"), 1, 3);
      assertThat(RelayWorld.versions(world.awaitRecords(3)))
          .isEqualTo(Map.of("quick", List.of(1, 2, 3)));

      rolledBack.rollback();
      late.commit();
      quick.append("quick", 4).commit();

      assertThat(RelayWorld.versions(world.awaitRecords(5)))
          .isEqualTo(Map.of("late", List.of(1), "quick", List.of(1, 2, 3, 4)));
      RelayWorld.awaitReadiness(relay, "\"ready\"");
      assertThat(RelayWorld.get(relay, "/metrics"))
          .contains("waybill_relay_events_published_total{lane=\"0\"} 5.0");
    }
  }

  @Test
  void recordHoldsKeyWireFormatAndHeadersAndTheTimeOfPublishing() throws Exception {
    RelayWorld world = new RelayWorld(1);
    Instant future = Instant.now().plus(Duration.ofDays(400));
    OutboxEvent event =
        Events.event("parcel-ı", 1)
            .withOccurredAt(future)
            .withHeaders(Map.of("traceparent", "00-abc-01"));
    try (Events events = world.events();
        Relay relay = world.start()) {
      events.append(event).commit();
      events.append(OutboxEvent.tombstone("parcel", "parcel-ı", 2, "ParcelErased")).commit();

      List<ConsumerRecord<byte[], byte[]>> records = world.awaitRecords(2);
      ConsumerRecord<byte[], byte[]> record = records.get(0);
      assertThat(new String(record.key(), UTF_8)).isEqualTo("parcel-ı");
      assertThat(WireFormat.schemaId(record.value())).isPositive();
      assertThat(RelayWorld.header(record, "ce_id")).isEqualTo(event.eventId().toString());
      assertThat(RelayWorld.header(record, "ce_time"))
          .startsWith(future.toString().substring(0, 19));
      assertThat(RelayWorld.header(record, "traceparent")).isEqualTo("00-abc-01");
      assertThat(Instant.ofEpochMilli(record.timestamp()))
          .isBetween(Instant.now().minusSeconds(120), Instant.now());
      assertThat(records.get(1).value()).isNull();
      assertThat(RelayWorld.header(records.get(1), "ce_type")).isEqualTo("ParcelErased");
      assertThat(relay.httpPort()).isPositive();
    }
  }

  @Test
  void schemaThatIsStoredPlainAndAsAClassHasItIsOneToTheRegistry() throws Exception {
    RelayWorld world = new RelayWorld(1);
    Schema ofAClass = new Schema.Parser().parse(Events.SCHEMA.toString());
    GenericData.setStringType(ofAClass.getField("id").schema(), StringType.String);
    assertThat(ofAClass).isNotEqualTo(Events.SCHEMA);
    GenericRecord payload =
        new GenericRecordBuilder(ofAClass)
            .set("id", "b")
            .set("load", ByteBuffer.allocate(10))
            .build();
    try (Events plain = world.events();
        Events generated = world.events(ofAClass);
        Relay relay = world.start()) {
      plain.append("a", 1).commit();
      generated.append(OutboxEvent.of("parcel", "b", 1, "ParcelSent", payload)).commit();

      assertThat(world.awaitRecords(2))
          .extracting(record -> WireFormat.schemaId(record.value()))
          .hasSize(2)
          .matches(ids -> Set.copyOf(ids).size() == 1, "one id");
      assertThat(relay.httpPort()).isPositive();
    }
  }
}
