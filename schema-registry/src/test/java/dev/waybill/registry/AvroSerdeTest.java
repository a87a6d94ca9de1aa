package dev.waybill.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.registry.example.Parcel;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AvroSerdeTest {
  private final FakeRegistry server = new FakeRegistry();
  private final SchemaRegistry registry = server.client();

  @AfterEach
  void stop() {
    registry.close();
    server.close();
  }

  @Test
  void generatedRecordsComeBackEqualWithTheirLogicalTypes() {
    AvroSerde<Parcel> serde = new AvroSerde<>(registry, Parcel.class);
    Parcel parcel = Parcels.parcel(2);

    byte[] value = serde.serializer().serialize("parcels", parcel);

    assertThat(serde.deserializer().deserialize("parcels", value)).isEqualTo(parcel);
    assertThat(WireFormat.schemaId(value)).isEqualTo(1);
  }

  @Test
  void genericRecordsComeBack() {
    AvroSerde<GenericRecord> serde = new AvroSerde<>(registry);
    byte[] value = new AvroSerializer<Parcel>(registry).serialize("parcels", Parcels.parcel(2));

    GenericRecord read = serde.deserializer().deserialize("parcels", value);

    assertThat(read.get("state")).hasToString("SENT");
    assertThat(serde.serializer().serialize("parcels", read)).isEqualTo(value);
  }
}
