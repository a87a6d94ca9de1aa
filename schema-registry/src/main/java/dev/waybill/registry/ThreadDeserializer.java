package dev.waybill.registry;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * What one thread of a deserializer needs: decoder and readers. Refers neither to the deserializer
 * nor to its {@code ThreadLocal}, so that both can be collected while the thread lives.
 */
final class ThreadDeserializer {
  private final Connection connection;
  private final SerdeConfig config;
  private final Map<Integer, ValueReader> readers = new HashMap<>();
  private final ValueDecoder decoder = new ValueDecoder();
  private int lastId;
  private @Nullable ValueReader last;

  ThreadDeserializer(Connection connection, SerdeConfig config) {
    this.connection = connection;
    this.config = config;
  }

  Object deserialize(String topic, byte[] bytes, int offset, int length) {
    int id = WireFormat.schemaId(bytes, offset, length);
    ValueReader reader = last;
    if (reader == null || lastId != id) {
      reader = reader(topic, id);
      last = reader;
      lastId = id;
    }
    int start = offset + WireFormat.HEADER_BYTES;
    int size = length - WireFormat.HEADER_BYTES;
    try {
      return reader.read(decoder, bytes, start, size);
    } catch (IOException | RuntimeException e) {
      throw new SerializationException(
          "a value of topic %s does not fit schema id %s (%s): %s"
              .formatted(topic, id, reader.writerSchema().getFullName(), e),
          e);
    }
  }

  private ValueReader reader(String topic, int id) {
    ValueReader known = readers.get(id);
    if (known != null) {
      return known;
    }
    Schema schema = schema(topic, id);
    try {
      ValueReader reader = ValueReader.of(schema, config);
      readers.put(id, reader);
      return reader;
    } catch (IOException | RuntimeException e) {
      throw new SerializationException(
          "values of topic %s with schema id %s (%s) cannot be read: %s"
              .formatted(topic, id, schema.getFullName(), e.getMessage()),
          e);
    }
  }

  private Schema schema(String topic, int id) {
    try {
      return connection.registry().schema(id);
    } catch (UnknownSchemaException e) {
      throw new SerializationException(
          "a value of topic %s cannot be decoded: %s".formatted(topic, e.getMessage()), e);
    }
  }
}
