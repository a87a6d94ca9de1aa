package dev.waybill.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Writes values of one schema, under the id that it has in one subject. */
record ValueWriter(Schema schema, int schemaId, DatumWriter<Object> writer) {
  static ValueWriter of(Schema schema, int schemaId, Object value, boolean logicalTypes) {
    DatumWriter<Object> writer =
        value instanceof SpecificRecord
            ? new SpecificDatumWriter<>(schema, SpecificData.getForClass(value.getClass()))
            : new GenericDatumWriter<>(schema, Models.generic(logicalTypes));
    return new ValueWriter(schema, schemaId, writer);
  }

  /** Comparing two schemas by value for every value would cost more than writing it. */
  @SuppressWarnings("ReferenceEquality")
  boolean isFor(Schema other) {
    return schema == other;
  }

  void write(Object value, Encoder encoder) throws IOException {
    writer.write(value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value, encoder);
  }
}
