package dev.waybill.runtime.clients;

import dev.waybill.runtime.Settings;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * {@code KAFKA_BOOTSTRAP_SERVERS} and {@code KAFKA_CLIENT_<PROPERTY>}: what every client of a
 * service gets. What a service decides by itself is refused here, and not overridden in silence.
 */
public final class KafkaSettings {
  private static final String PREFIX = "KAFKA_CLIENT_";
  private static final String SERVERS = "KAFKA_BOOTSTRAP_SERVERS";

  /** What is in the records is the service's own. */
  private static final Set<String> FORMS =
      Set.of(
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);

  /** For which of its clients Kafka Streams shall take a property. */
  private static final Pattern FOR =
      Pattern.compile("^(?:(?:main\\.|restore\\.|global\\.)?consumer\\.|producer\\.|admin\\.)");

  private final Settings settings;
  private final Map<String, Object> properties;
  private final Set<String> known = new HashSet<>();

  private KafkaSettings(Settings settings, Map<String, Object> properties) {
    this.settings = settings;
    this.properties = properties;
  }

  /**
   * Reads them; the caller verifies.
   *
   * @param only the properties of which one value alone keeps the promises
   * @param decided the properties that follow from something else, and from what
   */
  public static KafkaSettings from(
      Settings settings, Map<String, String> only, Map<String, String> decided) {
    Map<String, Object> properties = new TreeMap<>(settings.properties(PREFIX));
    properties.entrySet().removeIf(one -> isRefused(settings, one, only, decided));
    properties.put(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        settings.read(SERVERS, "localhost:9092", KafkaSettings::servers));
    return new KafkaSettings(settings, properties);
  }

  private static boolean isRefused(
      Settings settings,
      Map.Entry<String, Object> given,
      Map<String, String> only,
      Map<String, String> decided) {
    String key = plain(given.getKey());
    String value = given.getValue().toString();
    String variable = variable(given.getKey());
    if (key.equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
      settings.reject(variable + ": follows from " + SERVERS);
    } else if (FORMS.contains(key)) {
      settings.reject(variable + ": follows from what the service reads and writes");
    } else if (decided.containsKey(key)) {
      settings.reject(variable + ": follows from " + decided.get(key));
    } else if (only.containsKey(key)) {
      String right = Objects.requireNonNull(only.get(key));
      if (!value.strip().equals(right)) {
        settings.reject(variable, value, "only " + right + " keeps the promises");
      }
    } else {
      return false;
    }
    return true;
  }

  /** What every client gets, the servers among it. */
  public Map<String, Object> properties() {
    return properties;
  }

  /**
   * What one of Kafka Streams' clients gets.
   *
   * @param prefixes of the properties that are for it alone, the strongest last
   */
  public Map<String, Object> propertiesOf(String... prefixes) {
    Map<String, Object> own = new TreeMap<>(properties);
    for (String prefix : prefixes) {
      properties.forEach(
          (key, value) -> {
            if (key.startsWith(prefix)) {
              own.put(key.substring(prefix.length()), value);
            }
          });
    }
    return own;
  }

  /**
   * Refuses what Kafka would when the client is made.
   *
   * @param config as the client will get it
   */
  public void check(ClientRules rules, Map<String, Object> config) {
    known.addAll(rules.each().names());
    Map<String, String> texts = new HashMap<>();
    config.forEach((key, value) -> texts.put(key, text(value)));
    List<ConfigValue> wrong =
        rules.each().validate(texts).stream()
            .filter(one -> !one.errorMessages().isEmpty() && isGiven(one.name()))
            .toList();
    wrong.forEach(one -> reject(one, texts.get(one.name())));
    if (wrong.isEmpty()) {
      try {
        var unused = rules.together().apply(config);
      } catch (ConfigException clash) {
        settings.reject(PREFIX + "*: " + clash.getMessage());
      }
    }
  }

  /** The variables whose properties belong to no client that was checked. */
  public List<String> unknown() {
    return properties.keySet().stream()
        .filter(key -> !known.contains(plain(key)))
        .map(KafkaSettings::variable)
        .toList();
  }

  private boolean isGiven(String key) {
    return properties.keySet().stream().anyMatch(given -> plain(given).equals(key));
  }

  private void reject(ConfigValue wrong, @Nullable String text) {
    properties.forEach(
        (key, value) -> {
          if (plain(key).equals(wrong.name()) && value.equals(text)) {
            settings.reject(
                key.equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG) ? SERVERS : variable(key),
                value.toString(),
                String.join("; ", wrong.errorMessages()));
          }
        });
  }

  private static String text(Object value) {
    if (value instanceof Collection<?> list) {
      return list.stream().map(KafkaSettings::text).collect(Collectors.joining(","));
    }
    return value instanceof Class<?> type ? type.getName() : value.toString();
  }

  private static String plain(String key) {
    return FOR.matcher(key).replaceFirst("");
  }

  private static String variable(String key) {
    return PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** As Kafka reads them. */
  private static String servers(String value) {
    for (String server : value.split(",", -1)) {
      String host = Utils.getHost(server.strip());
      Integer port = host == null ? null : Utils.getPort(server.strip());
      if (port == null || port < 1 || port > 65_535) {
        throw new IllegalArgumentException("must be host:port, or several with commas between");
      }
    }
    return value;
  }
}
