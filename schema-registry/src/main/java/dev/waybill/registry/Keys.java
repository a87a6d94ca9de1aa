package dev.waybill.registry;

import static java.util.Locale.ROOT;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** Reads single settings and collects what is wrong with them. */
final class Keys {
  private static final Set<String> OFF = Set.of("", "false", "-1");
  static final Set<String> UNSUPPORTED =
      Set.of(
          "use.latest.version",
          "use.latest.with.metadata",
          "use.schema.id",
          "normalize.schemas",
          "schema.reflection",
          "context.name.strategy",
          "bearer.auth.credentials.source",
          "proxy.host");

  private static final Pattern PLACE_OF_THE_ID =
      Pattern.compile("(key|value)\\.schema\\.id\\.(de)?serializer");

  /** Confluent's classes that do what this module always does. */
  private static final Set<String> SAME_PLACE =
      Set.of("PrefixSchemaIdSerializer", "PrefixSchemaIdDeserializer", "DualSchemaIdDeserializer");

  private final Map<String, ?> settings;
  private final List<String> wrong = new ArrayList<>();

  Keys(Map<String, ?> settings) {
    this.settings = settings;
  }

  @Nullable Object get(String key) {
    return settings.get(key);
  }

  void wrong(String key, String reason) {
    wrong.add(key + " " + reason);
  }

  int wrongs() {
    return wrong.size();
  }

  void finish() {
    if (!wrong.isEmpty()) {
      throw new ConfigException("schema registry settings: " + String.join("; ", wrong));
    }
  }

  boolean bool(String key, boolean fallback) {
    Object value = get(key);
    if (value == null) {
      return fallback;
    }
    String text = value.toString().strip();
    if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
      wrong(key, "is neither true nor false: " + text);
    }
    return text.equalsIgnoreCase("true");
  }

  @Nullable Class<?> type(String key) {
    Object value = get(key);
    if (value == null) {
      return null;
    }
    if (value instanceof Class<?> type && SpecificRecord.class.isAssignableFrom(type)) {
      return type;
    }
    Class<?> type = SpecificClasses.record(value.toString().strip());
    if (type == null) {
      wrong(key, "is not a generated Avro class: " + value);
    }
    return type;
  }

  /** Settings of Confluent's whose silent absence would change what is written or who is asked. */
  void refuseUnsupported() {
    settings.forEach(
        (key, value) -> {
          String name = key.replaceFirst("^schema\\.registry\\.(?!ssl\\.)", "");
          boolean off = value == null || OFF.contains(value.toString().strip().toLowerCase(ROOT));
          if (!off
              && PLACE_OF_THE_ID.matcher(name).matches()
              && !SAME_PLACE.contains(simple(value))) {
            wrong(key, "is not supported: " + value);
          }
          if (name.equals("avro.remove.java.properties") && !bool(key, true)) {
            wrong(key, "is always true here");
          }
          if (!off && (UNSUPPORTED.contains(name) || name.startsWith("schema.registry.ssl."))) {
            wrong(key, "is not supported");
          }
        });
  }

  /** The name of a class, without its package, that a setting gives as class or as text. */
  static String simple(Object value) {
    String name = (value instanceof Class<?> type ? type.getName() : value.toString()).strip();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** With the prefix that Confluent's clients also accept, which wins. */
  @Nullable String text(String key) {
    Object prefixed = get("schema.registry." + key);
    Object value = prefixed == null ? get(key) : prefixed;
    if (value instanceof Password secret) {
      return secret.value();
    }
    return value == null ? null : value.toString().strip();
  }
}
