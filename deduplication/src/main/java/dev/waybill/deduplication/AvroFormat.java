package dev.waybill.deduplication;

import dev.waybill.registry.RegistryException;
import dev.waybill.registry.WireFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Avro in the registry's wire format. What names the schema, in front or in a header, is not
 * content: the same event keeps its identity when it was registered anew and its schema has another
 * id.
 */
public final class AvroFormat<V> implements EventFormat<V> {
  /** An HTTP status, or one of the registry's own codes, which begin with it. */
  private static final Pattern REGISTRY_CODE = Pattern.compile("; error code: (\\d{3})\\d*$");

  private static final Set<String> ABOUT_THE_SCHEMA = Set.of("404", "422");

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
   * @throws UnavailableException when the registry is away or refuses to talk, which is not the
   *     value's fault
   */
  @Override
  public V decode(String topic, byte[] key, byte[] value, Headers headers, long version)
      throws NotDecodableException {
    Object decoded;
    try {
      decoded = deserializer.deserialize(topic, headers, value);
    } catch (Exception failure) {
      if (isAway(failure)) {
        throw new UnavailableException("the registry is away: " + failure.getMessage(), failure);
      }
      if (failure instanceof KafkaException) {
        throw new NotDecodableException(String.valueOf(failure.getMessage()), failure);
      }
      throw failure;
    }
    if (!type.isInstance(decoded)) {
      throw new NotDecodableException(
          "a %s, not a %s".formatted(decoded.getClass().getName(), type.getName()), null);
    }
    return type.cast(decoded);
  }

  private static boolean isAway(Exception failure) {
    Optional<Boolean> answered =
        Outages.causes(failure).map(AvroFormat::saysItsOwn).flatMap(Optional::stream).findFirst();
    return answered.orElseGet(
        () -> RegistryException.isCauseOf(failure) || Outages.isOutage(failure));
  }

  /**
   * Whether the registry answered something that is not about the schema; empty when this is no
   * such answer. Confluent's client says its code in words: of its own exception, and of this one
   * of Kafka's in some versions. What a decoder says may have a value's text in it.
   */
  private static Optional<Boolean> saysItsOwn(Throwable cause) {
    if (!(cause instanceof InvalidConfigurationException)
        && !cause.getClass().getName().endsWith("RestClientException")) {
      return Optional.empty();
    }
    Matcher code = REGISTRY_CODE.matcher(String.valueOf(cause.getMessage()));
    return code.find() ? Optional.of(!ABOUT_THE_SCHEMA.contains(code.group(1))) : Optional.empty();
  }

  @Override
  public int contentStart(byte[] value, Headers headers) {
    return WireFormat.contentStart(headers, value);
  }
}
