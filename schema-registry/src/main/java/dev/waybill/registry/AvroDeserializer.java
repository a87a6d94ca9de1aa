package dev.waybill.registry;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Reads Confluent's {@linkplain WireFormat wire format}, with the schema's id in front or its GUID
 * in a header: into generic records, or ({@code specific.avro.reader}) into generated classes,
 * resolving the writer's schema to theirs; null stays null.
 *
 * <p>Safe for use by many threads; each keeps its own decoder and readers. Hostile values fail
 * within bounds: a length or count that the value's own bytes cannot pay for, more than {@value
 * ValueWalk#MAX_DEPTH} records of a self-referring schema inside each other, and more than {@value
 * ValueWalk#MAX_FREE_ELEMENTS} elements that take no byte are refused before anything is allocated
 * for them.
 *
 * <p>{@link #deserialize} throws
 *
 * <ul>
 *   <li>{@link SerializationException} if the value can never be decoded: not in the wire format, a
 *       schema id that nobody knows, bytes that do not fit the schema, or too many of them
 *   <li>{@link RegistryUnavailableException} if the registry, asked for a schema not seen before,
 *       is away, and another {@link RegistryException} if it refuses to talk: the value may be
 *       good, so try again and do not drop it. Kafka wraps what a deserializer throws (its consumer
 *       in a {@code SerializationException} of its own), so ask {@link RegistryException#isCauseOf}
 * </ul>
 */
public final class AvroDeserializer<T> implements Deserializer<T> {
  private static final Headers NO_HEADERS = new RecordHeaders();

  private final Connection connection;
  private final @Nullable Class<?> type;
  private volatile ThreadLocal<ThreadDeserializer> perThread;

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
    this.perThread = perThread(connection, SerdeConfig.defaults(type));
  }

  private static ThreadLocal<ThreadDeserializer> perThread(
      Connection connection, SerdeConfig config) {
    return ThreadLocal.withInitial(() -> new ThreadDeserializer(connection, config));
  }

  /**
   * Reads Confluent's keys; none asks the registry anything.
   *
   * @throws org.apache.kafka.common.config.ConfigException naming every setting that is wrong
   */
  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    SerdeConfig config = SerdeConfig.read(configs, isKey, connection.given(), type);
    connection.open(config.registry());
    perThread = perThread(connection, config);
  }

  /** A value without a header; {@link #deserialize(String, Headers, byte[])} reads all. */
  @Override
  @SuppressWarnings("NullAway") // Kafka's signature: a null array is a null value
  public T deserialize(String topic, byte @Nullable [] data) {
    return deserialize(topic, NO_HEADERS, data);
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka's signature: a null array is a null value
  public T deserialize(String topic, Headers headers, byte @Nullable [] data) {
    return data == null ? null : read(topic, headers, data, 0, data.length);
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka's signature: a null buffer is a null value
  public T deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    if (data == null || !data.hasArray()) {
      return deserialize(topic, headers, Utils.toNullableArray(data));
    }
    int start = data.arrayOffset() + data.position();
    return read(topic, headers, data.array(), start, data.remaining());
  }

  @SuppressWarnings("unchecked") // as Kafka's own generics: the user says what the topic holds
  private T read(String topic, Headers headers, byte[] bytes, int offset, int length) {
    return (T) perThread.get().deserialize(topic, headers, bytes, offset, length);
  }

  @Override
  public void close() {
    connection.close();
  }
}
