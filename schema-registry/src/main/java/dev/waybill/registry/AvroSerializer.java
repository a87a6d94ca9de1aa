package dev.waybill.registry;

import java.io.IOException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes Avro values in Confluent's wire format: generated and generic records, strings, bytes,
 * numbers and booleans; null stays null. The schema is registered under its subject when it is
 * first met ({@code auto.register.schemas}), else looked up there.
 *
 * <p>Safe for use by many threads; each keeps its own encoder, buffer and memory of schemas. A
 * schema is recognised by identity, so reuse {@code Schema} objects.
 *
 * <p>{@link #serialize} throws {@link SerializationException} if the value does not fit its schema,
 * {@link SchemaRejectedException} if the registry does not take the schema, {@link
 * RegistryUnavailableException} if it is away (retriable).
 */
public final class AvroSerializer<T> implements Serializer<T> {
  private static final int REMEMBERED_SCHEMAS = 1_000;

  private final Connection connection;
  private volatile SerdeConfig config = SerdeConfig.defaults(null);
  private final ThreadLocal<Worker> workers = ThreadLocal.withInitial(Worker::new);

  /** To be configured with {@code schema.registry.url} and more. */
  public AvroSerializer() {
    this(new Connection(null));
  }

  /** For values, under Confluent's defaults; the registry stays the caller's to close. */
  public AvroSerializer(SchemaRegistry registry) {
    this(new Connection(registry));
  }

  private AvroSerializer(Connection connection) {
    this.connection = connection;
  }

  /**
   * Reads Confluent's keys; none asks the registry anything.
   *
   * @throws org.apache.kafka.common.config.ConfigException naming every setting that is wrong
   */
  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    config = SerdeConfig.read(configs, isKey, connection.given(), null);
    connection.open(config.registry());
    workers.remove();
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka's signature: a null value is a null array
  public byte[] serialize(String topic, @Nullable T data) {
    return data == null ? null : workers.get().serialize(topic, data);
  }

  @Override
  public void close() {
    connection.close();
  }

  /** What one thread needs. */
  private final class Worker {
    private final FramedOutput output = new FramedOutput();
    private final Map<String, Map<Schema, ValueWriter>> generic = new HashMap<>();
    private final Map<String, Map<Schema, ValueWriter>> specific = new HashMap<>();
    private String lastTopic = "";
    private @Nullable Class<?> lastType;
    private @Nullable ValueWriter last;

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
        return output.frame(writer, value);
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
        if (known.size() >= REMEMBERED_SCHEMAS) { // somebody parses a schema for every value
          known.clear();
        }
        writer = ValueWriter.of(schema, id(topic, schema), value, config.logicalTypes());
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
}
