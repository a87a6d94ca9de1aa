package dev.waybill.consumer;

import dev.waybill.orders.OrderEvent;
import dev.waybill.registry.AvroDeserializer;
import dev.waybill.registry.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;

/** Which class decodes the events: Waybill's own, or any other for Confluent's wire format. */
record ValueDeserializer(String className) {
  static final ValueDeserializer OURS = new ValueDeserializer(AvroDeserializer.class.getName());

  /**
   * A class on the class path.
   *
   * @throws IllegalArgumentException when it is none, or no deserializer
   */
  static ValueDeserializer named(String className) {
    try {
      Utils.loadClass(className, Deserializer.class);
      return new ValueDeserializer(className);
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
    if (equals(OURS)) {
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
    try {
      Deserializer<?> other = Utils.newInstance(className, Deserializer.class);
      other.configure(config, false);
      return other;
    } catch (ClassNotFoundException gone) {
      throw new KafkaException(className + " cannot be loaded", gone);
    }
  }
}
