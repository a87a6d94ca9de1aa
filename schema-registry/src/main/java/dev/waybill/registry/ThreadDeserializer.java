package dev.waybill.registry;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What one thread of a deserializer needs: decoder and readers. Refers neither to the deserializer
 * nor to its {@code ThreadLocal}, so that both can be collected while the thread lives.
 */
final class ThreadDeserializer {
  private record Named(SchemaName name, ValueReader reader) {}

  private final Connection connection;
  private final SerdeConfig config;
  private final Map<SchemaName, Named> readers = new HashMap<>();
  private final ValueDecoder decoder = new ValueDecoder();
  private int lastId;
  private @Nullable Named last;

  ThreadDeserializer(Connection connection, SerdeConfig config) {
    this.connection = connection;
    this.config = config;
  }

  Object deserialize(String topic, Headers headers, byte[] bytes, int offset, int length) {
    SchemaName name = WireFormat.inHeader(headers, config.key());
    if (name != null) {
      return read(topic, reader(topic, name), bytes, offset, length);
    }
    if (WireFormat.hasGuid(bytes, offset, length)) {
      Named reader = reader(topic, WireFormat.guid(bytes, offset));
      int frame = WireFormat.GUID_BYTES;
      return read(topic, reader, bytes, offset + frame, length - frame);
    }
    int id = WireFormat.schemaId(bytes, offset, length);
    Named reader = last;
    if (reader == null || lastId != id) {
      reader = reader(topic, new SchemaName.Id(id));
      last = reader;
      lastId = id;
    }
    int frame = WireFormat.HEADER_BYTES;
    return read(topic, reader, bytes, offset + frame, length - frame);
  }

  private Object read(String topic, Named named, byte[] bytes, int start, int size) {
    try {
      return named.reader().read(decoder, bytes, start, size);
    } catch (IOException | RuntimeException e) {
      throw new SerializationException(
          "a value of topic %s does not fit schema %s (%s): %s"
              .formatted(topic, named.name(), named.reader().writerSchema().getFullName(), e),
          e);
    }
  }

  private Named reader(String topic, SchemaName name) {
    Named known = readers.get(name);
    if (known != null) {
      return known;
    }
    Schema schema = schema(topic, name);
    try {
      Named reader = new Named(name, ValueReader.of(schema, config));
      readers.put(name, reader);
      return reader;
    } catch (IOException | RuntimeException e) {
      throw new SerializationException(
          "values of topic %s with schema %s (%s) cannot be read: %s"
              .formatted(topic, name, schema.getFullName(), e.getMessage()),
          e);
    }
  }

  private Schema schema(String topic, SchemaName name) {
    try {
      return connection.registry().schema(name);
    } catch (UnknownSchemaException e) {
      throw new SerializationException(
          "a value of topic %s cannot be decoded: %s".formatted(topic, e.getMessage()), e);
    }
  }
}
