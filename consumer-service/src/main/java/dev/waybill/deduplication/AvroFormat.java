package dev.waybill.deduplication;

import dev.waybill.registry.AvroDeserializer;
import dev.waybill.registry.RegistryUnavailableException;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.WireFormat;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Avro in the registry's wire format. The five bytes in front are not content: the same event keeps
 * its identity when it was registered anew and its schema has another id.
 */
public final class AvroFormat<V> implements EventFormat<V> {
  private final AvroDeserializer<V> deserializer;
  private final Class<V> type;

  /**
   * Asks the registry nothing yet.
   *
   * @param registry stays the caller's to close
   * @param type the generated class of the values
   */
  public AvroFormat(SchemaRegistry registry, Class<V> type) {
    this.deserializer = new AvroDeserializer<>(registry, type);
    this.type = type;
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.waybill.registry.RegistryException when the registry is away or refuses to talk,
   *     which is not the value's fault
   */
  @Override
  public V decode(String topic, byte[] key, byte[] value) throws NotDecodableException {
    Object decoded;
    try {
      decoded = read(topic, value);
    } catch (SerializationException undecodable) {
      if (RegistryUnavailableException.isCauseOf(undecodable)) {
        throw undecodable;
      }
      throw new NotDecodableException(String.valueOf(undecodable.getMessage()), undecodable);
    }
    if (!type.isInstance(decoded)) {
      throw new NotDecodableException(
          "a %s, not a %s".formatted(decoded.getClass().getName(), type.getName()), null);
    }
    return type.cast(decoded);
  }

  /** The deserializer's cast is unchecked: a value whose schema is no record is no V either. */
  private Object read(String topic, byte[] value) {
    return ((AvroDeserializer<?>) deserializer).deserialize(topic, value);
  }

  @Override
  public int contentStart(byte[] value) {
    return value.length >= WireFormat.HEADER_BYTES && value[0] == 0 ? WireFormat.HEADER_BYTES : 0;
  }
}
