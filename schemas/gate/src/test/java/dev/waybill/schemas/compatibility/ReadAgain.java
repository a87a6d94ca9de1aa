package dev.waybill.schemas.compatibility;

import dev.waybill.registry.AsBReads;
import dev.waybill.schemas.compatibility.RandomValue.Branch;
import dev.waybill.schemas.compatibility.RandomValue.Fields;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Writes random values with one schema, reads them with another, and compares field by field. */
final class ReadAgain {
  private final Schema writer;
  private final Schema reader;
  private final boolean newSymbols;
  private final RandomValue values;

  /**
   * @param newSymbols whether a symbol that the reader does not know may be its default
   */
  ReadAgain(Schema writer, Schema reader, boolean newSymbols, Random random) {
    this.writer = writer;
    this.reader = reader;
    this.newSymbols = newSymbols;
    this.values = new RandomValue(random);
  }

  /** What went wrong with so many values; null: nothing. */
  @Nullable String failure(int count) {
    List<Object> written = new ArrayList<>();
    if (!RandomValue.ends(writer) || !RandomValue.ends(reader)) {
      return null; // Avro's grammar of it does not end either
    }
    try {
      for (int i = 0; i < count; i++) {
        written.add(values.of(writer));
      }
    } catch (RandomValue.EndlessException none) {
      return null;
    }
    Object now = "";
    try {
      AsBReads asB = new AsBReads(writer, reader);
      GenericDatumReader<Object> resolving = resolving();
      for (Object value : written) {
        now = value;
        byte[] bytes = bytes(value);
        compare("", writer, value, reader, asB.read(bytes));
        Object again =
            resolving.read(
                null,
                DecoderFactory.get().directBinaryDecoder(new ByteArrayInputStream(bytes), null));
        compare("", writer, value, reader, again);
      }
      return null;
    } catch (DifferentException different) {
      return different.getMessage();
    } catch (IOException | RuntimeException | StackOverflowError failure) {
      return failure + " reading " + now;
    }
  }

  /** Avro's ResolvingDecoder, which its fast reader does without. */
  private GenericDatumReader<Object> resolving() {
    GenericData data = new GenericData();
    data.setFastReaderEnabled(false);
    return new GenericDatumReader<>(writer, reader, data);
  }

  private byte[] bytes(Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    write(encoder, writer, value);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static void write(BinaryEncoder to, Schema schema, Object value) throws IOException {
    switch (schema.getType()) {
      case NULL -> to.writeNull();
      case BOOLEAN -> to.writeBoolean((Boolean) value);
      case INT -> to.writeInt((Integer) value);
      case LONG -> to.writeLong((Long) value);
      case FLOAT -> to.writeFloat((Float) value);
      case DOUBLE -> to.writeDouble((Double) value);
      case STRING -> to.writeString((String) value);
      case BYTES -> to.writeBytes(((ByteBuffer) value).duplicate());
      case FIXED -> to.writeFixed(((GenericFixed) value).bytes());
      case ENUM -> to.writeEnum(schema.getEnumOrdinal(value.toString()));
      case UNION -> {
        Branch branch = (Branch) value;
        to.writeIndex(branch.index());
        write(to, schema.getTypes().get(branch.index()), branch.value());
      }
      case ARRAY -> {
        List<?> list = (List<?>) value;
        to.writeArrayStart();
        to.setItemCount(list.size());
        for (Object one : list) {
          to.startItem();
          write(to, schema.getElementType(), one);
        }
        to.writeArrayEnd();
      }
      case MAP -> {
        Map<?, ?> map = (Map<?, ?>) value;
        to.writeMapStart();
        to.setItemCount(map.size());
        for (Map.Entry<?, ?> one : map.entrySet()) {
          to.startItem();
          to.writeString((String) one.getKey());
          write(to, schema.getValueType(), one.getValue());
        }
        to.writeMapEnd();
      }
      case RECORD -> {
        for (Field field : schema.getFields()) {
          write(to, field.schema(), ((Fields) value).values().get(field.pos()));
        }
      }
    }
  }

  private static final class DifferentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DifferentException(String message) {
      super(message);
    }
  }

  private static void check(boolean holds, String path, Object written, @Nullable Object read) {
    if (!holds) {
      throw new DifferentException("%s was %s, is %s".formatted(path, written, read));
    }
  }

  private void compare(
      String path, Schema wrote, Object written, Schema reads, @Nullable Object read) {
    if (wrote.isUnion()) {
      Branch branch = (Branch) written;
      compare(path, wrote.getTypes().get(branch.index()), branch.value(), reads, read);
      return;
    }
    if (reads.isUnion()) {
      Schema taken = reads.getTypes().get(GenericData.get().resolveUnion(reads, read));
      compare(path, wrote, written, taken, read);
      return;
    }
    check(logical(wrote).equals(logical(reads)), path, wrote, reads);
    if (reads.getType() == Schema.Type.NULL) {
      check(wrote.getType() == Schema.Type.NULL && read == null, path, written, read);
    } else {
      compareValues(path, wrote, written, reads, Objects.requireNonNull(read));
    }
  }

  private void compareValues(String path, Schema wrote, Object written, Schema reads, Object read) {
    switch (reads.getType()) {
      case BOOLEAN -> check(written.equals(read), path, written, read);
      case INT, LONG, FLOAT, DOUBLE -> check(sameNumber(written, read), path, written, read);
      case STRING -> check(sameBytes(written, read), path, written, read);
      case BYTES -> check(sameBytes(written, read), path, written, read);
      case FIXED -> {
        checkNames(path, wrote, reads);
        check(
            Arrays.equals(((GenericFixed) written).bytes(), ((GenericFixed) read).bytes()),
            path,
            written,
            read);
      }
      case ENUM -> compareSymbols(path, wrote, written, reads, (GenericEnumSymbol<?>) read);
      case ARRAY -> {
        List<?> before = (List<?>) written;
        List<?> after = (List<?>) read;
        check(before.size() == after.size(), path, before, after);
        for (int i = 0; i < before.size(); i++) {
          compare(
              path + "[]",
              wrote.getElementType(),
              before.get(i),
              reads.getElementType(),
              after.get(i));
        }
      }
      case MAP -> {
        Map<?, ?> before = (Map<?, ?>) written;
        Map<?, ?> after = (Map<?, ?>) read;
        check(before.size() == after.size(), path, before, after);
        before.forEach(
            (key, value) ->
                compare(
                    path + "{}",
                    wrote.getValueType(),
                    value,
                    reads.getValueType(),
                    after.get(new Utf8((String) key))));
      }
      case RECORD -> compareFields(path, wrote, (Fields) written, reads, (IndexedRecord) read);
      case NULL, UNION -> throw new IllegalStateException(path);
    }
  }

  private static void checkNames(String path, Schema wrote, Schema reads) {
    check(
        wrote.getType() == reads.getType()
            && (wrote.getFullName().equals(reads.getFullName())
                || reads.getAliases().contains(wrote.getFullName())),
        path,
        wrote.getFullName(),
        reads.getFullName());
  }

  private void compareSymbols(
      String path, Schema wrote, Object written, Schema reads, GenericEnumSymbol<?> read) {
    checkNames(path, wrote, reads);
    String symbol = written.toString();
    boolean unknown = newSymbols && !reads.hasEnumSymbol(symbol);
    String expected = unknown ? reads.getEnumDefault() : symbol;
    check(Objects.equals(expected, read.toString()), path, written, read);
  }

  private void compareFields(
      String path, Schema wrote, Fields written, Schema reads, IndexedRecord read) {
    checkNames(path, wrote, reads);
    for (Field field : reads.getFields()) {
      String at = path + "." + field.name();
      List<Field> sources =
          wrote.getFields().stream()
              .filter(
                  one -> one.name().equals(field.name()) || field.aliases().contains(one.name()))
              .toList();
      Object value = read.get(field.pos());
      check(sources.size() < 2, at, sources, value);
      if (sources.isEmpty()) {
        Object expected = new GenericData().getDefaultValue(field);
        check(
            GenericData.get().toString(expected).equals(GenericData.get().toString(value)),
            at,
            "default " + expected,
            value);
      } else {
        Field source = sources.get(0);
        compare(at, source.schema(), written.values().get(source.pos()), field.schema(), value);
      }
    }
  }

  private static String logical(Schema schema) {
    return LogicalTypes.fromSchemaIgnoreInvalid(schema) == null ? "" : described(schema);
  }

  private static String described(Schema schema) {
    return schema.getProp("logicalType") + schema.getObjectProp("scale");
  }

  private static boolean sameNumber(Object written, @Nullable Object read) {
    if (!(written instanceof Number one) || !(read instanceof Number other)) {
      return false;
    }
    double before = one.doubleValue();
    if (Double.isNaN(before) || Double.isInfinite(before)) {
      return Double.compare(before, other.doubleValue()) == 0;
    }
    double after = other.doubleValue();
    return !Double.isNaN(after)
        && !Double.isInfinite(after)
        && exact(one).compareTo(exact(other)) == 0;
  }

  private static BigDecimal exact(Number number) {
    return number instanceof Float || number instanceof Double
        ? new BigDecimal(number.doubleValue())
        : BigDecimal.valueOf(number.longValue());
  }

  private static boolean sameBytes(Object written, @Nullable Object read) {
    return asBytes(written) != null && Objects.equals(asBytes(written), asBytes(read));
  }

  private static @Nullable ByteBuffer asBytes(@Nullable Object value) {
    if (value instanceof ByteBuffer bytes) {
      return bytes;
    }
    return value instanceof CharSequence text
        ? ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8))
        : null;
  }
}
