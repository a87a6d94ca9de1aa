package dev.waybill.registry;

import java.util.Map;
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
  private final Connection connection;
  private volatile ThreadLocal<ThreadSerializer> perThread;

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
    this.perThread = perThread(connection, SerdeConfig.defaults(null));
  }

  private static ThreadLocal<ThreadSerializer> perThread(
      Connection connection, SerdeConfig config) {
    return ThreadLocal.withInitial(() -> new ThreadSerializer(connection, config));
  }

  /**
   * Reads Confluent's keys; none asks the registry anything.
   *
   * @throws org.apache.kafka.common.config.ConfigException naming every setting that is wrong
   */
  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    SerdeConfig config = SerdeConfig.read(configs, isKey, connection.given(), null);
    connection.open(config.registry());
    perThread = perThread(connection, config);
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka's signature: a null value is a null array
  public byte[] serialize(String topic, @Nullable T data) {
    return data == null ? null : perThread.get().serialize(topic, data);
  }

  @Override
  public void close() {
    connection.close();
  }
}
