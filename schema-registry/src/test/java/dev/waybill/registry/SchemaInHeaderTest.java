package dev.waybill.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.registry.example.Parcel;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values as Confluent's serializer of version 8 writes them with {@code HeaderSchemaIdSerializer}.
 */
final class SchemaInHeaderTest {
  private static final String VALUE = "__value_schema_id";
  private static final String KEY = "__key_schema_id";

  private final FakeRegistry server = new FakeRegistry();
  private final SchemaRegistry registry = server.client();
  private final Parcel parcel = Parcels.parcel(2);
  private final byte[] framed = new AvroSerializer<Parcel>(registry).serialize("parcels", parcel);
  private final byte[] avro = Arrays.copyOfRange(framed, 5, framed.length);
  private final AvroDeserializer<Parcel> deserializer =
      new AvroDeserializer<>(registry, Parcel.class);

  @AfterEach
  void stop() {
    registry.close();
    server.close();
  }

  private static byte[] guid(int id) {
    UUID guid = FakeRegistry.guid(id);
    return ByteBuffer.allocate(17)
        .put((byte) 1)
        .putLong(guid.getMostSignificantBits())
        .putLong(guid.getLeastSignificantBits())
        .array();
  }

  private static Headers headers(String name, byte @Nullable [] value) {
    return new RecordHeaders().add("ce_id", new byte[] {7}).add(name, value);
  }

  @Test
  void valueIsReadByTheGuidOfItsHeader() {
    Headers headers = headers(VALUE, guid(1));

    assertThat(deserializer.deserialize("parcels", headers, avro)).isEqualTo(parcel);
    assertThat(deserializer.deserialize("parcels", headers, ByteBuffer.wrap(avro)))
        .isEqualTo(parcel);
    assertThat(
            deserializer.deserialize("parcels", headers, ByteBuffer.wrap(avro).asReadOnlyBuffer()))
        .isEqualTo(parcel);
    assertThat(server.requests()).as("registered, and asked for once").hasSize(2);
  }

  @Test
  void keyIsReadByItsOwnHeader() {
    try (AvroDeserializer<GenericRecord> keys = new AvroDeserializer<>(registry)) {
      keys.configure(Map.of(), true);
      Headers headers = headers(KEY, guid(1)).add(VALUE, guid(99));

      assertThat(keys.deserialize("parcels", headers, avro).get("id"))
          .hasToString(parcel.getId().toString());
    }
  }

  @Test
  void guidMayStandInFrontAndAnIdInTheHeader() {
    byte[] inFront = ByteBuffer.allocate(17 + avro.length).put(guid(1)).put(avro).array();

    assertThat(deserializer.deserialize("parcels", inFront)).isEqualTo(parcel);
    assertThat(
            deserializer.deserialize("parcels", headers(VALUE, new byte[] {0, 0, 0, 0, 1}), avro))
        .isEqualTo(parcel);
  }

  @Test
  void valueWithoutTheHeaderIsReadByItsFrame() {
    assertThat(deserializer.deserialize("parcels", headers(KEY, guid(99)), framed))
        .isEqualTo(parcel);
    assertThat(deserializer.deserialize("parcels", headers(VALUE, null), framed)).isEqualTo(parcel);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01",
        "00000001",
        "0000000001ff",
        "02",
        "01feed00000000000000000000000000000100"
      })
  void headerThatNamesNoSchemaIsTheValuesFault(String hex) {
    assertThatThrownBy(
            () ->
                deserializer.deserialize(
                    "parcels", headers(VALUE, HexFormat.of().parseHex(hex)), avro))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("__value_schema_id names no schema")
        .matches(e -> !RegistryException.isCauseOf(e));
  }

  @Test
  void unknownGuidIsTheValuesFault() {
    assertThatThrownBy(() -> deserializer.deserialize("parcels", headers(VALUE, guid(99)), avro))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("GUID feed0000-0000-0000-0000-000000000063")
        .matches(e -> !RegistryException.isCauseOf(e));
  }

  @Test
  void contentBeginsBehindWhateverNamesTheSchema() {
    Headers none = new RecordHeaders();
    byte[] startsLikeAFrame = {0, 0, 0, 0, 0, 0};

    assertThat(WireFormat.contentStart(none, framed)).isEqualTo(5);
    assertThat(WireFormat.contentStart(none, guid(1))).isEqualTo(17);
    assertThat(WireFormat.contentStart(headers(VALUE, guid(1)), startsLikeAFrame)).isZero();
    assertThat(WireFormat.contentStart(headers(VALUE, new byte[0]), framed)).isZero();
    assertThat(WireFormat.contentStart(none, new byte[] {0, 1})).isZero();
    assertThat(WireFormat.contentStart(none, new byte[0])).isZero();
  }
}
