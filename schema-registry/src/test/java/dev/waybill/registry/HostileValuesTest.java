package dev.waybill.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.waybill.registry.example.Parcel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that want more than their bytes can pay for. */
@Timeout(120)
final class HostileValuesTest {
  private static final long MEBIBYTE = 1 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final FakeRegistry server = new FakeRegistry();
  private final SchemaRegistry registry = server.client();
  private final AvroDeserializer<Object> generic = new AvroDeserializer<>(registry);

  @AfterEach
  void stop() {
    registry.close();
    server.close();
  }

  /** What is written into a value. */
  private interface Content {
    void writeTo(BinaryEncoder encoder) throws IOException;
  }

  private byte[] value(Schema schema, Content content) throws IOException {
    int id = server.add("t-value", schema.toString(), null, "AVRO");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    content.writeTo(encoder);
    encoder.flush();
    return WireFormat.frame(id, bytes.toByteArray());
  }

  private void assertRefused(byte[] value, String reason) {
    long before = allocated();
    assertThatThrownBy(() -> generic.deserialize("t", value))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("a value of topic t")
        .hasMessageContaining(reason)
        .matches(e -> !RegistryException.isCauseOf(e));
    assertThat(allocated() - before).isLessThan(40 * MEBIBYTE);
  }

  private static long allocated() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  @ParameterizedTest
  @CsvSource({"'',0 bytes", "00,1 bytes", "00000000,4 bytes", "0100000001,begins with byte 0x01"})
  void valueOutsideTheWireFormatIsRefused(String hex, String reason) {
    assertThatThrownBy(() -> generic.deserialize("t", java.util.HexFormat.of().parseHex(hex)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(reason);
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "string,2147483000",
    "bytes,2147483000",
    "string,9223372036854775807",
    "string,-1",
    "bytes,-2"
  })
  void lengthThatTheBytesDoNotPayForIsRefused(String type, long length) throws Exception {
    assertRefused(
        value(Schemas.parse("\"" + type + "\""), to -> to.writeLong(length)), "does not fit");
  }

  @ParameterizedTest
  @CsvSource({
    "array,2147483000",
    "array,9223372036854775807",
    "array,-9223372036854775808",
    "map,2147483000",
    "map,9223372036854775807",
    "map,-9223372036854775808"
  })
  void countThatTheBytesDoNotPayForIsRefused(String type, long count) throws Exception {
    String items = type.equals("array") ? "items" : "values";
    Schema schema = Schemas.parse("{\"type\":\"%s\",\"%s\":\"long\"}".formatted(type, items));

    assertRefused(value(schema, to -> to.writeLong(count)), "does not fit");
  }

  @Test
  void blockThatLiesAboutItsBytesIsRefusedOrReadForWhatItIs() throws Exception {
    Schema schema = Schemas.parse("{\"type\":\"array\",\"items\":\"int\"}");

    assertRefused(
        value(
            schema,
            to -> {
              to.writeLong(-2);
              to.writeLong(-5);
            }),
        "negative");
    assertRefused(
        value(
            schema,
            to -> {
              to.writeLong(-1_000_000);
              to.writeLong(Long.MAX_VALUE);
            }),
        "1000000 elements");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"array\",\"items\":\"null\"}",
        "{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"E\",\"fields\":[]}}",
        "{\"type\":\"array\",\"items\":{\"type\":\"fixed\",\"name\":\"F\",\"size\":0}}"
      })
  void elementsThatTakeNoByteAreCounted(String schema) throws Exception {
    int most = ValueWalk.MAX_FREE_ELEMENTS;
    byte[] good =
        value(
            Schemas.parse(schema),
            to -> {
              to.writeLong(most);
              to.writeLong(0);
            });
    byte[] blocks =
        value(
            Schemas.parse(schema),
            to -> {
              to.writeLong(most);
              to.writeLong(1);
              to.writeLong(0);
            });
    byte[] huge =
        value(
            Schemas.parse(schema),
            to -> {
              to.writeLong(2_000_000_000);
              to.writeLong(0);
            });

    assertThat((Iterable<?>) generic.deserialize("t", good)).hasSize(most);
    assertRefused(blocks, "more than 65536 elements that take no byte");
    assertRefused(huge, "more than 65536 elements that take no byte");
  }

  @Test
  void elementsThatTakeNoByteAreCountedOverTheWholeValue() throws Exception {
    Schema schema =
        Schemas.parse(
            """
            {"type":"map","values":["int",{"type":"record","name":"R","fields":[
              {"name":"nothing","type":{"type":"array","items":"null"}}]}]}""");

    assertRefused(
        value(
            schema,
            to -> {
              to.writeLong(2);
              for (String key : new String[] {"a", "b"}) {
                to.writeString(key);
                to.writeIndex(1);
                to.writeLong(40_000);
                to.writeLong(0);
              }
              to.writeLong(0);
            }),
        "more than 65536 elements");
  }

  @Test
  void bytesBehindTheValueAreRefused() throws Exception {
    assertRefused(
        value(
            Schemas.parse("\"int\""),
            to -> {
              to.writeInt(1);
              to.writeBoolean(false);
            }),
        "bytes are left after the value");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3, Integer.MAX_VALUE})
  void branchesAndSymbolsThatDoNotExistAreRefused(int index) throws Exception {
    assertRefused(
        value(Schemas.parse("[\"null\",\"int\",\"string\"]"), to -> to.writeIndex(index)), "union");
    assertRefused(
        value(
            Schemas.parse("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\",\"C\"]}"),
            to -> to.writeEnum(index)),
        "Enum");
  }

  @Test
  void nestingIsReadDownToTheLimitEvenOnASmallStack() throws Exception {
    byte[] next = value(Schemas.tree(), to -> nestInUnions(to, ValueWalk.MAX_DEPTH - 1));
    byte[] children = value(Schemas.tree(), to -> nestInArrays(to, ValueWalk.MAX_DEPTH - 1));

    onASmallStack(() -> assertThat(generic.deserialize("t", next)).isNotNull());
    onASmallStack(() -> assertThat(generic.deserialize("t", children)).isNotNull());
  }

  @Test
  void deeperNestingIsRefused() throws Exception {
    for (int depth : new int[] {ValueWalk.MAX_DEPTH, 1_000_000}) {
      byte[] next = value(Schemas.tree(), to -> nestInUnions(to, depth));
      byte[] children = value(Schemas.tree(), to -> nestInArrays(to, depth));
      onASmallStack(() -> assertRefused(next, "more than 500 records inside each other"));
      onASmallStack(() -> assertRefused(children, "more than 500 records inside each other"));
    }
  }

  @Test
  void deepNestingInAFieldThatTheReaderSkipsIsRefused() throws Exception {
    Schema writer =
        Schemas.parse(
            Parcel.getClassSchema()
                .toString()
                .replace(
                    "\"name\":\"note\",\"type\":[\"null\"",
                    "\"name\":\"tree\",\"type\":[" + Schemas.tree() + ",\"null\""));
    AvroDeserializer<Parcel> specific = new AvroDeserializer<>(registry, Parcel.class);
    byte[] parcel = new AvroSerializer<Parcel>(registry).serialize("t", Parcels.parcel(1));
    byte[] head = Arrays.copyOfRange(parcel, 5, parcel.length - 1);
    byte[] value =
        value(
            writer,
            to -> {
              to.writeFixed(head);
              to.writeIndex(0);
              nestInUnions(to, 1_000_000);
            });

    onASmallStack(
        () ->
            assertThatThrownBy(() -> specific.deserialize("t", value))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("more than 500 records"));
  }

  @Test
  void schemaWhoseValuesNeverEndIsRefused() throws Exception {
    Schema schema =
        Schemas.parse(
            """
            {"type":"record","name":"Endless","fields":[
              {"name":"a","type":"Endless"},{"name":"b","type":"Endless"}]}""");

    assertRefused(value(schema, to -> {}), "more than 500 records inside each other");
  }

  @Test
  void numbersThatAreNoTimeAreRefused() throws Exception {
    AvroDeserializer<Parcel> specific = new AvroDeserializer<>(registry, Parcel.class);
    byte[] value =
        value(
            Parcel.getClassSchema(),
            to -> {
              to.writeString("not a UUID");
              to.writeBytes(ByteBuffer.allocate(0));
            });

    assertThatThrownBy(() -> specific.deserialize("t", value))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("UUID");
  }

  /** Random changes to good values; give {@code -Dfuzz.seed=…} to repeat a run. */
  @Test
  void changedValuesFailCleanlyOrAreRead() throws Exception {
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    System.out.println("fuzz.seed=" + seed);
    Random random = new Random(seed);
    AvroSerializer<Object> serializer = new AvroSerializer<>(registry);
    AvroDeserializer<Parcel> specific = new AvroDeserializer<>(registry, Parcel.class);
    byte[] parcel = serializer.serialize("t", Parcels.parcel(3));
    byte[] tree = value(Schemas.tree(), to -> nestInArrays(to, 30));
    byte[] empties =
        value(
            Schemas.parse("{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":\"null\"}}"),
            to -> IntStream.of(3, 5, 0, 7, 0, 9, 0, 0).forEach(n -> write(to, n)));
    int read = 0;
    for (int i = 0; i < 10_000; i++) {
      read += isRead(specific, changed(parcel, random), seed, i) ? 1 : 0;
      read += isRead(generic, changed(parcel, random), seed, i) ? 1 : 0;
      read += isRead(generic, changed(tree, random), seed, i) ? 1 : 0;
      read += isRead(generic, changed(empties, random), seed, i) ? 1 : 0;
    }
    assertThat(read).as("values that were still good").isBetween(1_000, 35_000);
  }

  private static boolean isRead(
      AvroDeserializer<?> deserializer, byte[] value, long seed, int round) {
    long before = allocated();
    boolean read;
    try {
      read = deserializer.deserialize("t", value) != null;
    } catch (SerializationException e) {
      read = false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("fuzz.seed=%s, round %s".formatted(seed, round), e);
    }
    assertThat(allocated() - before)
        .as("bytes allocated with fuzz.seed=%s, round %s", seed, round)
        .isLessThan(8 * MEBIBYTE);
    return read;
  }

  /** Behind the header: a few bytes changed, inserted, or the end cut off. */
  private static byte[] changed(byte[] value, Random random) {
    byte[] changed = value.clone();
    for (int i = 0; i <= random.nextInt(3); i++) {
      int at = WireFormat.HEADER_BYTES + random.nextInt(changed.length - WireFormat.HEADER_BYTES);
      switch (random.nextInt(4)) {
        case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> changed[at] = (byte) random.nextInt();
        case 2 -> Arrays.fill(changed, at, Math.min(at + 4, changed.length), (byte) 0xff);
        default -> changed = Arrays.copyOf(changed, Math.max(at, WireFormat.HEADER_BYTES + 1));
      }
    }
    return changed;
  }

  private static void nestInUnions(BinaryEncoder to, int depth) throws IOException {
    for (int i = 0; i < depth; i++) {
      to.writeIndex(1);
    }
    to.writeIndex(0);
    for (int i = 0; i <= depth; i++) {
      to.writeLong(0); // children
      to.writeLong(0); // named
    }
  }

  private static void nestInArrays(BinaryEncoder to, int depth) throws IOException {
    for (int i = 0; i < depth; i++) {
      to.writeIndex(0);
      to.writeLong(1);
    }
    to.writeIndex(0);
    to.writeLong(0);
    to.writeLong(0);
    for (int i = 0; i < depth; i++) {
      to.writeLong(0); // end of children
      to.writeLong(0); // named
    }
  }

  private static void write(BinaryEncoder to, long number) {
    try {
      to.writeLong(number);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void onASmallStack(Runnable test) throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread = new Thread(null, test, "small stack", 512 * 1024);
    thread.setUncaughtExceptionHandler((dead, e) -> failure.set(e));
    thread.start();
    thread.join();
    assertThat(failure.get()).isNull();
  }
}
