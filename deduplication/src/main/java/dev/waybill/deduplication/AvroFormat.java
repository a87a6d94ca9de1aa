package dev.waybill.deduplication;

import dev.waybill.registry.RegistryUnavailableException;
import dev.waybill.registry.WireFormat;
import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Avro in the registry's wire format. The five bytes in front are not content: the same event keeps
 * its identity when it was registered anew and its schema has another id.
 */
public final class AvroFormat<V> implements EventFormat<V> {
  private final Deserializer<?> deserializer;
  private final Class<V> type;

  /**
   * Decodes nothing yet.
   *
   * @param deserializer of Avro in the registry's wire format, thread-safe, configured for
   *     generated classes; stays the caller's to close
   * @param type the generated class of the values
   */
  public AvroFormat(Deserializer<?> deserializer, Class<V> type) {
    this.deserializer = deserializer;
    this.type = type;
  }

  /**
   * {@inheritDoc}
   *
   * @throws RuntimeException when the registry is away or refuses to talk, which is not the value's
   *     fault
   */
  @Override
  public V decode(String topic, byte[] key, byte[] value) throws NotDecodableException {
    Object decoded;
    try {
      decoded = deserializer.deserialize(topic, value);
    } catch (SerializationException undecodable) {
      if (isAway(undecodable)) {
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

  /** Other classes than ours say so by an I/O failure among the causes. */
  private static boolean isAway(SerializationException failure) {
    return RegistryUnavailableException.isCauseOf(failure)
        || Stream.iterate(failure.getCause(), Objects::nonNull, Throwable::getCause)
            .anyMatch(AvroFormat::isOfTheNetwork);
  }

  /** Avro throws I/O exceptions, too: of bytes that end too early, or are no number. */
  private static boolean isOfTheNetwork(Throwable cause) {
    return cause instanceof IOException
        && !(cause instanceof EOFException)
        && !(cause instanceof InvalidNumberEncodingException);
  }

  @Override
  public int contentStart(byte[] value) {
    return value.length >= WireFormat.HEADER_BYTES && value[0] == 0 ? WireFormat.HEADER_BYTES : 0;
  }
}
