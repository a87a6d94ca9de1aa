package dev.waybill.runtime.clients;

import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * What Kafka says of the properties of a kind of client.
 *
 * @param each of each property by itself
 * @param together of all of them; throws {@link ConfigException}
 */
public record ClientRules(ConfigDef each, Function<Map<String, Object>, AbstractConfig> together) {

  /** Of an {@code Admin}. */
  public static final ClientRules ADMIN =
      new ClientRules(
          KnownProperties.of(AdminClientConfig.configDef(), Map.of()), ClientRules::admin);

  /** Of a consumer; the properties name its deserializers. */
  public static final ClientRules CONSUMER =
      new ClientRules(
          KnownProperties.of(
              ConsumerConfig.configDef(),
              Map.of(
                  ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
                  KnownProperties.classes(ConsumerInterceptor.class))),
          ConsumerConfig::new);

  /** The least that a request and a producer's memory must hold, or it could send no event. */
  private static final ConfigDef.Validator HOLDS_EVENTS = ConfigDef.Range.atLeast(1 << 20);

  /** Of a producer; the properties name its serializers. */
  public static final ClientRules PRODUCER =
      new ClientRules(
          KnownProperties.of(
              ProducerConfig.configDef(),
              Map.of(
                  ProducerConfig.MAX_REQUEST_SIZE_CONFIG, HOLDS_EVENTS,
                  ProducerConfig.BUFFER_MEMORY_CONFIG, HOLDS_EVENTS,
                  ProducerConfig.INTERCEPTOR_CLASSES_CONFIG,
                      KnownProperties.classes(ProducerInterceptor.class))),
          ClientRules::producer);

  /** With what the client itself refuses when it is made. */
  private static AbstractConfig admin(Map<String, Object> properties) {
    AdminClientConfig config = new AdminClientConfig(properties);
    atLeast(
        config,
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        config.getInt(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG),
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG);
    return config;
  }

  private static AbstractConfig producer(Map<String, Object> properties) {
    ProducerConfig config = new ProducerConfig(properties);
    long attempt =
        config.getLong(ProducerConfig.LINGER_MS_CONFIG)
            + config.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
    atLeast(
        config,
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        attempt,
        ProducerConfig.LINGER_MS_CONFIG + " and " + ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
    // A service's own choice is a number, and follows what its topics take.
    if (properties.get(ProducerConfig.BUFFER_MEMORY_CONFIG) instanceof String) {
      atLeast(
          config,
          ProducerConfig.BUFFER_MEMORY_CONFIG,
          Math.max(
              config.getInt(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
              config.getInt(ProducerConfig.BATCH_SIZE_CONFIG)),
          ProducerConfig.MAX_REQUEST_SIZE_CONFIG + " or " + ProducerConfig.BATCH_SIZE_CONFIG);
    }
    return config;
  }

  private static void atLeast(AbstractConfig config, String key, long least, String of) {
    Object value = config.values().get(key);
    if (config.originals().containsKey(key)
        && value instanceof Number number
        && number.longValue() < least) {
      throw new ConfigException(key, value, "must not be below " + least + ", " + of);
    }
  }
}
