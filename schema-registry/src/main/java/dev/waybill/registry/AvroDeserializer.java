package dev.waybill.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Reads Confluent's wire format: into generic records, or ({@code specific.avro.reader}) into
 * generated classes, resolving the writer's schema to theirs; null stays null.
 *
 * <p>Safe for use by many threads; each keeps its own decoder and readers. Hostile values fail
 * within bounds: a length, count or depth that the value's own bytes cannot pay for is refused
 * before anything is allocated for it.
 *
 * <p>{@link #deserialize} throws
 *
 * <ul>
 *   <li>{@link SerializationException} if the value can never be decoded: not in the wire format, a
 *       schema id that nobody knows, bytes that do not fit the schema, or too many of them
 *   <li>{@link RegistryUnavailableException} if the registry, asked for a schema not seen before,
 *       is away: the value may be good, so try again and do not drop it. Kafka wraps what a
 *       deserializer throws (its consumer in a {@code SerializationException} of its own), so ask
 *       {@link RegistryUnavailableException#isCauseOf}
 *   <li>{@link RegistryException} if the registry refuses to talk, which is not the value's fault
 *       either
 * </ul>
 */
public final class AvroDeserializer<T> implements Deserializer<T> {
  private final Connection connection;
  private final @Nullable Class<?> type;
  private volatile SerdeConfig config;
  private final ThreadLocal<Worker> workers = ThreadLocal.withInitial(Worker::new);

  /** To be configured with {@code schema.registry.url} and more. */
  public AvroDeserializer() {
    this(new Connection(null), null);
  }

  /** Into generic records unless configured; the registry stays the caller's to close. */
  public AvroDeserializer(SchemaRegistry registry) {
    this(new Connection(registry), null);
  }

  /** Into this generated class; the registry stays the caller's to close. */
  public AvroDeserializer(SchemaRegistry registry, Class<T> type) {
    this(new Connection(registry), type);
  }

  private AvroDeserializer(Connection connection, @Nullable Class<?> type) {
    this.connection = connection;
    this.type = type;
    this.config = SerdeConfig.defaults(type);
  }

  /**
   * Reads Confluent's keys; none asks the registry anything.
   *
   * @throws org.apache.kafka.common.config.ConfigException naming every setting that is wrong
   */
  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    config = SerdeConfig.read(configs, isKey, connection.given(), type);
    connection.open(config.registry());
    workers.remove();
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka's signature: a null array is a null value
  public T deserialize(String topic, byte @Nullable [] data) {
    return data == null ? null : read(topic, data, 0, data.length);
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka's signature: a null buffer is a null value
  public T deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    if (data == null || !data.hasArray()) {
      return deserialize(topic, Utils.toNullableArray(data));
    }
    return read(topic, data.array(), data.arrayOffset() + data.position(), data.remaining());
  }

  @SuppressWarnings("unchecked") // as Kafka's own generics: the user says what the topic holds
  private T read(String topic, byte[] bytes, int offset, int length) {
    return (T) workers.get().read(topic, bytes, offset, length);
  }

  @Override
  public void close() {
    connection.close();
  }

  /** What one thread needs. */
  private final class Worker {
    private final Map<Integer, ValueReader> readers = new HashMap<>();
    private @Nullable BinaryDecoder decoder;
    private int lastId;
    private @Nullable ValueReader last;

    Object read(String topic, byte[] bytes, int offset, int length) {
      int id = WireFormat.schemaId(bytes, offset, length);
      ValueReader reader = last;
      if (reader == null || lastId != id) {
        reader = reader(topic, id);
        last = reader;
        lastId = id;
      }
      try {
        decoder =
            DecoderFactory.get()
                .binaryDecoder(
                    bytes,
                    offset + WireFormat.HEADER_BYTES,
                    length - WireFormat.HEADER_BYTES,
                    decoder);
        return reader.read(decoder);
      } catch (IOException | RuntimeException e) {
        throw new SerializationException(
            "a value of topic %s does not fit schema id %d (%s): %s"
                .formatted(topic, id, reader.writerSchema().getFullName(), e),
            e);
      }
    }

    private ValueReader reader(String topic, int id) {
      ValueReader known = readers.get(id);
      if (known != null) {
        return known;
      }
      try {
        ValueReader reader = ValueReader.of(connection.registry().schema(id), config);
        readers.put(id, reader);
        return reader;
      } catch (UnknownSchemaException e) {
        throw new SerializationException(
            "a value of topic %s cannot be decoded: %s".formatted(topic, e.getMessage()), e);
      }
    }
  }
}
