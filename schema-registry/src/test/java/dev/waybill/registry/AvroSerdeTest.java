package dev.waybill.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.registry.example.Parcel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class AvroSerdeTest {
  private final FakeRegistry server = new FakeRegistry();
  private final SchemaRegistry registry = server.client();
  private final AvroSerializer<Object> serializer = new AvroSerializer<>(registry);
  private final AvroDeserializer<Object> deserializer = new AvroDeserializer<>(registry);

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
    byte[] value = serializer.serialize("parcels", Parcels.parcel(2));

    GenericRecord read = (GenericRecord) deserializer.deserialize("parcels", value);

    assertThat(read.get("state")).hasToString("SENT");
    assertThat(serializer.serialize("parcels", read)).isEqualTo(value);
    assertThat(server.requests()).as("one registration, one look-up").hasSize(2);
  }

  @Test
  void valueHasTheBytesOfTheWireFormat() {
    server.next(200, "{\"id\":66051}"); // 0x00010203
    GenericRecord greeting = greeting("hé", -3);

    byte[] value = serializer.serialize("greetings", greeting);

    // zero, the id; a text of 3 bytes (zigzag 6), h and é in UTF-8; -3 (zigzag 5)
    assertThat(HexFormat.ofDelimiter(" ").formatHex(value))
        .isEqualTo("00 00 01 02 03 06 68 c3 a9 05");
  }

  @Test
  void bytesOfTheWireFormatAreReadFromAnyKindOfBuffer() {
    server.add("greetings-value", Schemas.greeting().toString(), null, "AVRO");
    byte[] value = HexFormat.ofDelimiter(" ").parseHex("00 00 00 00 01 06 68 c3 a9 05");
    ByteBuffer inside = ByteBuffer.allocate(30).position(7).put(value).flip().position(7).slice();
    ByteBuffer direct = ByteBuffer.allocateDirect(10).put(value).flip();

    for (ByteBuffer buffer :
        List.of(ByteBuffer.wrap(value), inside, direct, inside.asReadOnlyBuffer())) {
      assertThat(deserializer.deserialize("greetings", new RecordHeaders(), buffer))
          .isEqualTo(greeting("hé", -3));
    }
  }

  @Test
  void frameIsTheHeaderAndTheAvroBytes() {
    assertThat(WireFormat.frame(-16909061, new byte[] {7}))
        .isEqualTo(HexFormat.of().parseHex("00fefdfcfb07"));
    assertThat(WireFormat.schemaId(WireFormat.frame(66051, new byte[0]))).isEqualTo(66051);
  }

  @Test
  void nullStaysNull() {
    assertThat(serializer.serialize("parcels", null)).isNull();
    assertThat(deserializer.deserialize("parcels", null)).isNull();
    assertThat(deserializer.deserialize("parcels", new RecordHeaders(), (ByteBuffer) null))
        .isNull();
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void stringsBytesNumbersAndBooleansComeBack() {
    byte[] bytes = {1, 2, 3};
    for (Object value : List.of("Kâğıt", "", 7, -7L, 1.5f, 2.5, true, bytes, new byte[0])) {
      assertThat(deserializer.deserialize("t", serializer.serialize("t", value))).isEqualTo(value);
    }
    assertThat(deserializer.deserialize("t", serializer.serialize("t", ByteBuffer.wrap(bytes))))
        .isEqualTo(bytes);
  }

  @Test
  void valueWithoutAnAvroSchemaIsRefused() {
    assertThatThrownBy(() -> serializer.serialize("t", new Object()))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("no Avro schema stands for java.lang.Object");
  }

  @Test
  void valueThatDoesNotFitItsSchemaIsRefusedAndLeavesNothingBehind() {
    byte[] good = serializer.serialize("greetings", greeting("good", 1));
    GenericRecord bad = new GenericData.Record(Schemas.greeting());
    bad.put("text", "half of it is written");

    assertThatThrownBy(() -> serializer.serialize("greetings", bad))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("a value for topic greetings does not fit its schema test.Greeting")
        .hasMessageContaining("count");

    assertThat(serializer.serialize("greetings", greeting("good", 1))).isEqualTo(good);
  }

  @Test
  void valueThatContainsItselfLeavesNothingBehind() {
    byte[] good = serializer.serialize("greetings", greeting("good", 1));
    GenericRecord endless = new GenericData.Record(Schemas.tree());
    endless.put("next", endless);

    assertThatThrownBy(() -> serializer.serialize("trees", endless))
        .isInstanceOf(StackOverflowError.class);

    assertThat(serializer.serialize("greetings", greeting("good", 1))).isEqualTo(good);
  }

  @Test
  void largeValuesComeBackToo() {
    String large = "ü".repeat(2_000_000);

    assertThat(deserializer.deserialize("t", serializer.serialize("t", large))).isEqualTo(large);
    assertThat(deserializer.deserialize("t", serializer.serialize("t", "small")))
        .isEqualTo("small");
  }

  @Test
  void newerReaderFillsInDefaultsAndSkipsWhatItDoesNotKnow() {
    byte[] value = serializer.serialize("parcels", olderParcel("weight"));

    Parcel read = new AvroDeserializer<>(registry, Parcel.class).deserialize("parcels", value);

    Parcel expected = Parcels.parcel(0);
    expected.setNote(null);
    assertThat(read).isEqualTo(expected);
  }

  @Test
  void writerThatTheReaderCannotResolveIsReportedWithTheReason() {
    byte[] value = serializer.serialize("parcels", olderParcel("mass"));
    AvroDeserializer<Parcel> specific = new AvroDeserializer<>(registry, Parcel.class);

    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> specific.deserialize("parcels", value))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("parcels")
          .hasMessageContaining("schema id 1")
          .hasMessageContaining("missing required field weight")
          .matches(e -> !RegistryException.isCauseOf(e));
    }
  }

  @Test
  void idThatNobodyKnowsIsPoisonAndAnOutageIsNot() {
    byte[] value = WireFormat.frame(9, new byte[] {0});

    assertThatThrownBy(() -> deserializer.deserialize("t", value))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("a value of topic t cannot be decoded: schema id 9")
        .hasMessageContaining("40403")
        .matches(e -> !RegistryException.isCauseOf(e));

    for (int i = 0; i < RegistryHttp.ROUNDS; i++) {
      server.next(503, "");
    }
    byte[] another = WireFormat.frame(10, new byte[] {0});
    assertThatThrownBy(() -> deserializer.deserialize("t", another))
        .isInstanceOf(RegistryUnavailableException.class)
        .matches(e -> RegistryException.isCauseOf(new SerializationException("wrapped", e)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"test.Greeting", "java.lang.ProcessBuilder"})
  void schemaWithoutAGeneratedClassIsPoisonToAReaderOfClasses(String name) {
    server.add(
        "t-value", "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[]}", null, "AVRO");
    AvroDeserializer<Object> specific = new AvroDeserializer<>();
    specific.configure(
        Map.of("schema.registry.url", server.url(), "specific.avro.reader", true), false);

    assertThatThrownBy(() -> specific.deserialize("t", WireFormat.frame(1, new byte[0])))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("no generated class");
    specific.close();
  }

  @Test
  void classWithoutRegistryIsNotUsable() {
    assertThatThrownBy(() -> new AvroSerializer<>().serialize("t", "text"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not configured");
  }

  @Test
  void oneSerdeServesManyThreads() throws Exception {
    AvroSerde<Parcel> serde = new AvroSerde<>(registry, Parcel.class);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Void>> done = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      int items = thread;
      done.add(threads.submit((Callable<Void>) () -> roundTrips(serde, items)));
    }
    for (Future<Void> each : done) {
      each.get();
    }
    threads.shutdown();
    assertThat(server.requests()).as("one registration, one look-up").hasSize(2);
  }

  @SuppressWarnings("NullAway") // Void has no other value
  private static Void roundTrips(AvroSerde<Parcel> serde, int items) {
    Parcel parcel = Parcels.parcel(items);
    byte[] first = serde.serializer().serialize("parcels", parcel);
    for (int i = 0; i < 2_000; i++) {
      assertThat(serde.serializer().serialize("parcels", parcel)).isEqualTo(first);
      assertThat(serde.deserializer().deserialize("parcels", first)).isEqualTo(parcel);
    }
    return null;
  }

  private static GenericRecord greeting(String text, int count) {
    return new GenericRecordBuilder(Schemas.greeting())
        .set("text", text)
        .set("count", count)
        .build();
  }

  /** A parcel as it was before it had a note, when it still had a colour. */
  private static GenericRecord olderParcel(String weightName) {
    String json =
        Schemas.parcel()
            .toString()
            .replace("\"name\":\"weight\"", "\"name\":\"" + weightName + "\"")
            .replace(
                "{\"name\":\"note\",\"type\":[\"null\",\"string\"],\"default\":null}",
                "{\"name\":\"colour\",\"type\":{\"type\":\"array\",\"items\":\"string\"}}");
    Schema schema = Schemas.parse(json);
    GenericRecord now =
        (GenericRecord) BenchmarkedRecords.generic(List.<Object>of(Parcels.parcel(0))).get(0);
    GenericRecord older = new GenericData.Record(schema);
    for (Schema.Field field : now.getSchema().getFields()) {
      if (!field.name().equals("note")) {
        older.put(field.name().equals("weight") ? weightName : field.name(), now.get(field.pos()));
      }
    }
    older.put("colour", List.of("red", "green"));
    return older;
  }
}
