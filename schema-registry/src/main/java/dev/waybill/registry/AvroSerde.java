package dev.waybill.registry;

import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** {@link AvroSerializer} and {@link AvroDeserializer} in one, as Kafka Streams wants them. */
public final class AvroSerde<T> implements Serde<T> {
  private final AvroSerializer<T> serializer;
  private final AvroDeserializer<T> deserializer;

  /** To be configured with {@code schema.registry.url} and more. */
  public AvroSerde() {
    this(new AvroSerializer<>(), new AvroDeserializer<>());
  }

  /** Generic records unless configured; the registry stays the caller's to close. */
  public AvroSerde(SchemaRegistry registry) {
    this(new AvroSerializer<>(registry), new AvroDeserializer<>(registry));
  }

  /** Values of this generated class; the registry stays the caller's to close. */
  public AvroSerde(SchemaRegistry registry, Class<T> type) {
    this(new AvroSerializer<>(registry), new AvroDeserializer<>(registry, type));
  }

  private AvroSerde(AvroSerializer<T> serializer, AvroDeserializer<T> deserializer) {
    this.serializer = serializer;
    this.deserializer = deserializer;
  }

  /**
   * Reads Confluent's keys; none asks the registry anything.
   *
   * @throws org.apache.kafka.common.config.ConfigException naming every setting that is wrong
   */
  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    serializer.configure(configs, isKey);
    deserializer.configure(configs, isKey);
  }

  @Override
  public void close() {
    serializer.close();
    deserializer.close();
  }

  @Override
  public Serializer<T> serializer() {
    return serializer;
  }

  @Override
  public Deserializer<T> deserializer() {
    return deserializer;
  }
}
