package dev.waybill.registry;

import dev.waybill.registry.example.Parcel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/** The ways to turn records into bytes and back that the benchmark compares. */
enum BenchmarkedWay {
  /** Avro alone, everything reused; no schema id in front. The limit of what can be reached. */
  PLAIN_AVRO {
    @Override
    Codec open(SchemaRegistry registry, boolean generated) {
      return new PlainAvro(writer(generated), reader(generated));
    }
  },
  /** This module. */
  WAYBILL {
    @Override
    Codec open(SchemaRegistry registry, boolean generated) {
      AvroSerializer<Object> serializer = new AvroSerializer<>(registry);
      AvroDeserializer<?> deserializer =
          generated
              ? new AvroDeserializer<>(registry, Parcel.class)
              : new AvroDeserializer<>(registry);
      return new Codec() {
        @Override
        public byte[] write(Object value) {
          return serializer.serialize("parcels", value);
        }

        @Override
        public Object read(byte[] bytes) {
          return deserializer.deserialize("parcels", bytes);
        }
      };
    }
  },
  /** As serializers of this format usually do: writers cached, streams and coders new each time. */
  NEW_EACH {
    @Override
    Codec open(SchemaRegistry registry, boolean generated) {
      return new NewEach(registry, writer(generated), reader(generated));
    }
  };

  interface Codec {
    byte[] write(Object value) throws IOException;

    Object read(byte[] bytes) throws IOException;

    default List<byte[]> writeAll(List<Object> values) throws IOException {
      List<byte[]> all = new ArrayList<>();
      for (Object value : values) {
        all.add(write(value));
      }
      return all;
    }
  }

  abstract Codec open(SchemaRegistry registry, boolean generated);

  private static DatumWriter<Object> writer(boolean generated) {
    Schema schema = Parcel.getClassSchema();
    return generated
        ? new SpecificDatumWriter<>(schema, new Parcel().getSpecificData())
        : new GenericDatumWriter<>(schema);
  }

  private static DatumReader<Object> reader(boolean generated) {
    Schema schema = Parcel.getClassSchema();
    return generated
        ? new SpecificDatumReader<>(schema, schema, new Parcel().getSpecificData())
        : new GenericDatumReader<>(schema, schema, new GenericData());
  }

  private static final class PlainAvro implements Codec {
    private final DatumWriter<Object> writer;
    private final DatumReader<Object> reader;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    private @Nullable BinaryDecoder decoder;

    PlainAvro(DatumWriter<Object> writer, DatumReader<Object> reader) {
      this.writer = writer;
      this.reader = reader;
    }

    @Override
    public byte[] write(Object value) throws IOException {
      out.reset();
      writer.write(value, encoder);
      encoder.flush();
      return out.toByteArray();
    }

    @Override
    public Object read(byte[] bytes) throws IOException {
      decoder = DecoderFactory.get().binaryDecoder(bytes, decoder);
      return reader.read(null, decoder);
    }
  }

  private static final class NewEach implements Codec {
    private final SchemaRegistry registry;
    private final Map<Schema, DatumWriter<Object>> writers = new ConcurrentHashMap<>();
    private final Map<Schema, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Schema, DatumReader<Object>> readers = new ConcurrentHashMap<>();
    private final DatumWriter<Object> writer;
    private final DatumReader<Object> reader;

    NewEach(SchemaRegistry registry, DatumWriter<Object> writer, DatumReader<Object> reader) {
      this.registry = registry;
      this.writer = writer;
      this.reader = reader;
    }

    @Override
    public byte[] write(Object value) throws IOException {
      Schema schema = ((GenericContainer) value).getSchema();
      int id = ids.computeIfAbsent(schema, s -> registry.register("parcels-value", s));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(0);
      out.write(ByteBuffer.allocate(4).putInt(id).array());
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      writers.computeIfAbsent(schema, s -> writer).write(value, encoder);
      encoder.flush();
      return out.toByteArray();
    }

    @Override
    public Object read(byte[] bytes) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      buffer.get();
      Schema schema = registry.schema(buffer.getInt());
      return readers
          .computeIfAbsent(schema, s -> reader)
          .read(
              null,
              DecoderFactory.get()
                  .binaryDecoder(bytes, buffer.position(), buffer.remaining(), null));
    }
  }
}
