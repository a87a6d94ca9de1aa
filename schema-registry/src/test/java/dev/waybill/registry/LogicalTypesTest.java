package dev.waybill.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.registry.example.Parcel;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.util.TimePeriod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What generic records hold, and what Avro writes into schemas for Java's sake. */
final class LogicalTypesTest {
  private static final Schema NEWER =
      Schemas.parse(
          """
          {"type":"record","name":"Newer","namespace":"test","fields":[
            {"name":"nanos","type":{"type":"long","logicalType":"timestamp-nanos"}},
            {"name":"localMillis","type":{"type":"long","logicalType":"local-timestamp-millis"}},
            {"name":"localMicros","type":{"type":"long","logicalType":"local-timestamp-micros"}},
            {"name":"localNanos","type":{"type":"long","logicalType":"local-timestamp-nanos"}},
            {"name":"period","type":
              {"type":"fixed","name":"Period","size":12,"logicalType":"duration"}},
            {"name":"amount","type":["null",{"type":"bytes","logicalType":"big-decimal"}]}]}
          """);

  private final FakeRegistry server = new FakeRegistry();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void typesThatAvroKnowsAreJavasInGenericRecords() {
    GenericRecord record =
        new GenericRecordBuilder(NEWER)
            .set("nanos", Instant.parse("2026-03-01T10:00:00.123456789Z"))
            .set("localMillis", LocalDateTime.parse("2026-03-01T10:00:00.123"))
            .set("localMicros", LocalDateTime.parse("2026-03-01T10:00:00.123456"))
            .set("localNanos", LocalDateTime.parse("1969-03-01T10:00:00.123456789"))
            .set("period", TimePeriod.of(1, 2, 3))
            .set("amount", new BigDecimal("-12.3400"))
            .build();

    try (AvroSerde<GenericRecord> serde = new AvroSerde<>()) {
      serde.configure(
          Map.of("schema.registry.url", server.url(), "avro.use.logical.type.converters", true),
          false);
      byte[] value = serde.serializer().serialize("newer", record);
      GenericRecord read = serde.deserializer().deserialize("newer", value);

      for (Schema.Field field : NEWER.getFields()) {
        assertThat(read.get(field.pos())).as(field.name()).isEqualTo(record.get(field.pos()));
      }
    }
  }

  /** As Confluent's serializer writes them unless {@code avro.remove.java.properties} is set. */
  @Test
  void valuesOfASchemaWithJavasPropertiesAreReadLikeThoseOfThePlainOne() {
    Parcel parcel = Parcels.parcel(2);
    int decorated = server.add("parcels-value", Parcel.getClassSchema().toString(), null, "AVRO");
    try (SchemaRegistry registry = server.client()) {
      AvroSerializer<Object> serializer = new AvroSerializer<>(registry);
      byte[] plain = serializer.serialize("parcels", parcel);
      byte[] value = plain.clone();
      WireFormat.putHeader(value, decorated);
      AvroDeserializer<GenericRecord> generic = new AvroDeserializer<>(registry);

      assertThat(new AvroDeserializer<>(registry, Parcel.class).deserialize("parcels", value))
          .isEqualTo(parcel);
      GenericRecord read = generic.deserialize("parcels", value);
      assertThat(read.get("labels")).isEqualTo(parcel.getLabels());
      assertThat(serializer.serialize("parcels", read))
          .as("under the plain schema's id again")
          .isEqualTo(plain);
    }
  }
}
