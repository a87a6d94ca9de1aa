package dev.waybill.runtime.clients;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Kafka's definition of a kind of client's properties, with what Kafka says only when it makes the
 * client, or never says.
 */
final class KnownProperties {
  private KnownProperties() {}

  /**
   * Adds rules to those of Kafka.
   *
   * @param kafkas a definition that nobody else has; it is changed
   * @param further of properties that are in it
   */
  static ConfigDef of(ConfigDef kafkas, Map<String, ConfigDef.Validator> further) {
    further.forEach(
        (name, rule) ->
            kafkas.configKeys().computeIfPresent(name, (same, known) -> both(known, rule)));
    return kafkas;
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
