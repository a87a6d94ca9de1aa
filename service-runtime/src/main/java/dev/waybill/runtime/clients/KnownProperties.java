package dev.waybill.runtime.clients;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SecurityConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.auth.Login;
import org.apache.kafka.common.security.auth.SecurityProviderCreator;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's definition of a kind of client's properties, with what Kafka says only when it makes the
 * client, or never says.
 */
final class KnownProperties {
  /** The classes that somebody may name, and what each must be. */
  private static final Map<String, Class<?>> PLUGINS =
      Map.of(
          CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, MetricsReporter.class,
          ProducerConfig.PARTITIONER_CLASS_CONFIG, Partitioner.class,
          SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS, AuthenticateCallbackHandler.class,
          SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS, AuthenticateCallbackHandler.class,
          SaslConfigs.SASL_LOGIN_CLASS, Login.class,
          SecurityConfig.SECURITY_PROVIDERS_CONFIG, SecurityProviderCreator.class,
          SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, SslEngineFactory.class);

  private KnownProperties() {}

  /**
   * Adds rules to those of Kafka, and that every class that is named is there.
   *
   * @param kafkas a definition that nobody else has; it is changed
   * @param further of properties that are in it
   */
  static ConfigDef of(ConfigDef kafkas, Map<String, ConfigDef.Validator> further) {
    PLUGINS.forEach((name, type) -> add(kafkas, name, classes(type)));
    further.forEach((name, rule) -> add(kafkas, name, rule));
    return kafkas;
  }

  /** Each of one or several classes is there, and is a {@code type}. */
  static ConfigDef.Validator classes(Class<?> type) {
    return (name, value) -> named(value).forEach(one -> check(name, one, type));
  }

  private static Stream<?> named(@Nullable Object value) {
    if (value instanceof List<?> several) {
      return several.stream();
    }
    return value instanceof String text ? Stream.of(text.split(",", -1)) : Stream.ofNullable(value);
  }

  private static void check(String name, Object named, Class<?> type) {
    try {
      Class<?> found =
          named instanceof Class<?> loaded
              ? loaded
              : Class.forName(
                  named.toString().strip(), false, Utils.getContextOrKafkaClassLoader());
      var unused = found.asSubclass(type);
    } catch (ClassNotFoundException | LinkageError missing) {
      throw new ConfigException(name, named, "there is no such class");
    } catch (ClassCastException other) {
      throw new ConfigException(name, named, "must be a " + type.getName());
    }
  }

  private static void add(ConfigDef kafkas, String name, ConfigDef.Validator rule) {
    kafkas.configKeys().computeIfPresent(name, (same, known) -> both(known, rule));
  }

  private static ConfigDef.ConfigKey both(ConfigDef.ConfigKey known, ConfigDef.Validator further) {
    ConfigDef.Validator kafkas = known.validator;
    return new ConfigDef.ConfigKey(
        known.name,
        known.type,
        known.defaultValue,
        (name, value) -> {
          if (kafkas != null) {
            kafkas.ensureValid(name, value);
          }
          further.ensureValid(name, value);
        },
        known.importance,
        known.documentation,
        known.group,
        known.orderInGroup,
        known.width,
        known.displayName,
        known.dependents,
        known.recommender,
        known.internalConfig);
  }
}
