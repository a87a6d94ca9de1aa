package dev.waybill.registry;

import java.io.IOException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * What one thread of a serializer needs: encoder and writers. Refers neither to the serializer nor
 * to its {@code ThreadLocal}, so that both can be collected while the thread lives.
 */
final class ThreadSerializer {
  private static final int REMEMBERED_SCHEMAS = 1_000;

  private final Connection connection;
  private final SerdeConfig config;
  private final FramedEncoder encoder = new FramedEncoder();
  private final Map<String, Map<Schema, ValueWriter>> generic = new HashMap<>();
  private final Map<String, Map<Schema, ValueWriter>> specific = new HashMap<>();
  private String lastTopic = "";
  private @Nullable Class<?> lastType;
  private @Nullable ValueWriter last;

  ThreadSerializer(Connection connection, SerdeConfig config) {
    this.connection = connection;
    this.config = config;
  }

  byte[] serialize(String topic, Object value) {
    Schema schema = ValueSchemas.of(value);
    ValueWriter writer = last;
    if (writer == null
        || !writer.isFor(schema)
        || lastType != value.getClass()
        || !lastTopic.equals(topic)) {
      writer = writer(topic, schema, value);
      last = writer;
      lastType = value.getClass();
      lastTopic = topic;
    }
    try {
      return encoder.frame(writer, value);
    } catch (IOException | RuntimeException e) {
      throw new SerializationException(
          "a value for topic %s does not fit its schema %s: %s"
              .formatted(topic, schema.getFullName(), e),
          e);
    }
  }

  private ValueWriter writer(String topic, Schema schema, Object value) {
    Map<Schema, ValueWriter> known =
        (value instanceof SpecificRecord ? specific : generic)
            .computeIfAbsent(topic, name -> new IdentityHashMap<>());
    ValueWriter writer = known.get(schema);
    if (writer == null) {
      writer = ValueWriter.of(schema, id(topic, schema), value, config.logicalTypes());
      if (known.size() >= REMEMBERED_SCHEMAS) { // somebody parses a schema for every value
        known.clear();
      }
      known.put(schema, writer);
    }
    return writer;
  }

  private int id(String topic, Schema schema) {
    String subject = config.subjectName().of(topic, config.key(), schema);
    SchemaRegistry registry = connection.registry();
    return config.autoRegister()
        ? registry.register(subject, schema)
        : registry.lookUp(subject, schema);
  }
}
