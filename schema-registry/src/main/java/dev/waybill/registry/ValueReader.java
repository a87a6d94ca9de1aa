package dev.waybill.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Reads values of one writer's schema, into the reader's class where there is one. */
record ValueReader(Schema writerSchema, ValueLimits limits, DatumReader<Object> reader) {
  static ValueReader of(Schema writerSchema, SerdeConfig config) throws IOException {
    if (config.specificReader() && writerSchema.getType() == Schema.Type.RECORD) {
      Class<?> type = type(writerSchema, config.specificType());
      SpecificClasses data = new SpecificClasses(type);
      return of(writerSchema, data.getSchema(type), data);
    }
    return of(writerSchema, writerSchema, Models.generic(config.logicalTypes()));
  }

  /** With a builder of its own: what builders cache is not made for several threads. */
  static ValueReader of(Schema writerSchema, Schema readerSchema, GenericData data)
      throws IOException {
    return new ValueReader(
        writerSchema,
        ValueLimits.of(writerSchema),
        new FastReaderBuilder(data).createDatumReader(writerSchema, readerSchema));
  }

  Object read(ValueDecoder decoder, byte[] bytes, int start, int size) throws IOException {
    return plain(resolve(decoder, bytes, start, size));
  }

  /** The value as the reader's schema has it. */
  Object resolve(ValueDecoder decoder, byte[] bytes, int start, int size) throws IOException {
    limits.check(bytes, start, size);
    Object value = reader.read(null, decoder.to(bytes, start, size, limits.walked() != null));
    if (!decoder.isEnd()) {
      throw new AvroRuntimeException("bytes are left after the value");
    }
    return value;
  }

  /** Strings and bytes that are no record's field come back as what they were written from. */
  private Object plain(Object value) {
    return switch (writerSchema.getType()) {
      case STRING -> value.toString();
      case BYTES -> value instanceof ByteBuffer bytes ? Utils.toArray(bytes) : value;
      default -> value;
    };
  }

  private static Class<?> type(Schema writerSchema, @Nullable Class<?> configured) {
    Class<?> type =
        configured != null
            ? configured
            : SpecificClasses.record(SpecificData.getClassName(writerSchema));
    if (type == null) {
      throw new IllegalStateException("no generated class of this name is on the class path");
    }
    return type;
  }
}
