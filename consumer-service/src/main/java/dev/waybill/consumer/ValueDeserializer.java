package dev.waybill.consumer;

import dev.waybill.orders.OrderEvent;
import dev.waybill.registry.AvroDeserializer;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.runtime.Settings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Which class decodes the events: Waybill's own, or any other for Confluent's wire format.
 *
 * @param properties what another class is given besides Confluent's keys; secrets among them
 */
record ValueDeserializer(String className, Map<String, Object> properties) {
  static final ValueDeserializer OURS = named(AvroDeserializer.class.getName());

  private static final String CLASS = "CONSUMER_VALUE_DESERIALIZER";

  /**
   * The class, and its properties: {@code CONSUMER_VALUE_DESERIALIZER_SOME_BIG__KEY} is {@code
   * some.big-key}.
   */
  static ValueDeserializer from(Settings settings) {
    ValueDeserializer named = settings.read(CLASS, OURS, ValueDeserializer::named);
    Map<String, Object> properties = new HashMap<>();
    settings
        .properties(CLASS + "_")
        .forEach((key, value) -> properties.put(key.replace("..", "-"), value));
    if (named.equals(OURS) && !properties.isEmpty()) {
      settings.reject(CLASS + "_… is for another class than " + OURS.className);
    }
    return new ValueDeserializer(named.className, properties);
  }

  /**
   * A class on the class path.
   *
   * @throws IllegalArgumentException when it is none, or no deserializer
   */
  static ValueDeserializer named(String className) {
    try {
      Utils.loadClass(className, Deserializer.class);
      return new ValueDeserializer(className, Map.of());
    } catch (ClassNotFoundException | ClassCastException wrong) {
      throw new IllegalArgumentException("must be a Kafka deserializer on the class path", wrong);
    }
  }

  /**
   * Makes one for order events; the caller closes it.
   *
   * @param registry of our own class; stays the caller's to close
   * @param settings from which any other class is configured, with Confluent's keys
   * @throws KafkaException when the class cannot be made or refuses its configuration
   */
  Deserializer<?> open(SchemaRegistry registry, RegistrySettings settings) {
    if (className.equals(OURS.className)) {
      return new AvroDeserializer<>(registry, OrderEvent.class);
    }
    Map<String, Object> config = new HashMap<>();
    config.put("schema.registry.url", settings.url());
    config.put("specific.avro.reader", true);
    String userInfo = settings.userInfo();
    if (userInfo != null) {
      config.put("basic.auth.credentials.source", "USER_INFO");
      config.put("basic.auth.user.info", userInfo);
    }
    config.putAll(properties);
    try {
      Deserializer<?> other = Utils.newInstance(className, Deserializer.class);
      other.configure(config, false);
      return other;
    } catch (ClassNotFoundException gone) {
      throw new KafkaException(className + " cannot be loaded", gone);
    }
  }

  /** Without the properties. */
  @Override
  public String toString() {
    return className;
  }
}
