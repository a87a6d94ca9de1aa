package dev.waybill.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers whose smallest item is larger than what was written: old events stay good. */
final class WiderReaderTest {
  private static final String LINE =
      "{\"type\":\"record\",\"name\":\"Line\",\"fields\":[{\"name\":\"sku\",\"type\":\"string\"}%s]}";
  private static final String MORE =
      ",{\"name\":\"discount\",\"type\":\"double\",\"default\":0}"
          + ",{\"name\":\"taxRate\",\"type\":\"double\",\"default\":0}";

  /** {@code %s} is the item. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"array\",\"items\":%s}",
        "{\"type\":\"map\",\"values\":%s}",
        "[\"null\",{\"type\":\"array\",\"items\":%s}]",
        "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":%s}}",
        "{\"type\":\"map\",\"values\":{\"type\":\"array\",\"items\":%s}}",
        "{\"type\":\"array\",\"items\":{\"type\":\"map\",\"values\":%s}}",
        "{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"E\",\"fields\":["
            + "{\"name\":\"in\",\"type\":{\"type\":\"array\",\"items\":%s}}]}}"
      })
  void listsAndMapsOfItemsThatGrewAreRead(String around) throws Exception {
    Schema lines = holder(around, LINE.formatted(""));
    Schema wider = holder(around, LINE.formatted(MORE));
    GenericRecord line = new GenericData.Record(new Schema.Parser().parse(LINE.formatted("")));
    line.put("sku", "A");
    assertRead(lines, wider, line);
    assertRead(holder(around, "\"int\""), holder(around, "\"double\""), 1);
    assertRead(holder(around, "\"float\""), holder(around, "\"double\""), 1f);
  }

  private static Schema holder(String around, String item) {
    return new Schema.Parser()
        .parse(
            "{\"type\":\"record\",\"name\":\"H\",\"fields\":[{\"name\":\"f\",\"type\":%s}]}"
                .formatted(around.formatted(item)));
  }

  private static void assertRead(Schema writer, Schema reader, Object item) throws IOException {
    GenericRecord holder = new GenericData.Record(writer);
    holder.put("f", filled(writer.getField("f").schema(), item));

    GenericRecord read = (GenericRecord) read(writer, reader, bytes(writer, holder));

    Schema type = reader.getField("f").schema();
    Object field = read.get("f");
    assertThat(field).hasToString(stored(writer, reader, holder).get("f").toString());
    assertThat(type.isUnion() || field instanceof List || field instanceof Map).isTrue();
  }

  /** As the stores of B hold it. */
  private static GenericRecord stored(Schema writer, Schema reader, GenericRecord value)
      throws IOException {
    GenericData data = new GenericData();
    BinaryMessageDecoder<GenericRecord> decoder = new BinaryMessageDecoder<>(data, reader);
    decoder.addSchema(writer);
    return decoder.decode(new BinaryMessageEncoder<GenericRecord>(data, writer).encode(value));
  }

  private static Object filled(Schema type, Object item) {
    return switch (type.getType()) {
      case UNION -> filled(type.getTypes().get(1), item);
      case ARRAY ->
          IntStream.range(0, 5).mapToObj(i -> filled(type.getElementType(), item)).toList();
      case MAP ->
          Map.of("a", filled(type.getValueType(), item), "b", filled(type.getValueType(), item));
      case RECORD -> {
        if (!type.getName().equals("E")) {
          yield item;
        }
        GenericRecord inside = new GenericData.Record(type);
        inside.put("in", filled(type.getField("in").schema(), item));
        yield inside;
      }
      default -> item;
    };
  }

  private static byte[] bytes(Schema schema, Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<>(schema).write(value, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static Object read(Schema writer, Schema reader, byte[] bytes) throws IOException {
    return ValueReader.of(writer, reader, new GenericData())
        .read(new ValueDecoder(), bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @CsvSource({"array,4", "array,2147483000", "map,4", "map,2147483000"})
  void countsThatWhatWasWrittenCannotPayForAreRefused(String type, long count) throws Exception {
    String items = type.equals("array") ? "items" : "values";
    Schema writer =
        new Schema.Parser().parse("{\"type\":\"%s\",\"%s\":\"int\"}".formatted(type, items));
    Schema reader =
        new Schema.Parser().parse("{\"type\":\"%s\",\"%s\":\"double\"}".formatted(type, items));
    List<byte[]> values = new ArrayList<>();
    values.add(hostile(count, 3));
    values.add(hostile(-count, 3)); // a block with its size in bytes

    for (byte[] value : values) {
      assertThatThrownBy(() -> read(writer, reader, value))
          .isInstanceOf(AvroRuntimeException.class)
          .hasMessageContaining("%s elements", count);
    }
  }

  @Test
  void blocksAfterTheFirstAreHeldAgainstWhatIsLeft() throws Exception {
    Schema ints = new Schema.Parser().parse("{\"type\":\"array\",\"items\":\"int\"}");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    encoder.writeLong(1);
    encoder.writeInt(7);
    encoder.writeLong(1_000_000);
    encoder.flush();

    assertThatThrownBy(() -> read(ints, ints, bytes.toByteArray()))
        .hasMessageContaining("1000000 elements are claimed, but only 0 bytes are left");
  }

  private static byte[] hostile(long count, int left) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    encoder.writeLong(count);
    if (count < 0) {
      encoder.writeLong(left);
    }
    encoder.writeFixed(new byte[left]);
    encoder.flush();
    return bytes.toByteArray();
  }
}
