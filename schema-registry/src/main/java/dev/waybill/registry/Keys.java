package dev.waybill.registry;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Reads single settings and collects what is wrong with them. */
final class Keys {
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
    if (value == null || value instanceof Class<?>) {
      return (Class<?>) value;
    }
    Class<?> type = SpecificClasses.named(value.toString().strip());
    if (type == null) {
      wrong(key, "is not a generated Avro class: " + value);
    }
    return type;
  }

  @Nullable SchemaRegistryConfig registry() {
    int before = wrong.size();
    List<URI> urls = urls();
    String userInfo = userInfo(urls);
    Duration timeout = timeout();
    if (wrong.size() > before) {
      return null;
    }
    try {
      return new SchemaRegistryConfig(urls, userInfo, timeout);
    } catch (IllegalArgumentException e) {
      wrong(SerdeConfig.URL, "is refused: " + e.getMessage());
      return null;
    }
  }

  private List<URI> urls() {
    Object value = get(SerdeConfig.URL);
    String text =
        value instanceof Collection<?> several
            ? several.stream().map(String::valueOf).collect(Collectors.joining(","))
            : value == null ? "" : value.toString();
    try {
      List<URI> urls = SchemaRegistryConfig.parse(text);
      if (urls.isEmpty()) {
        wrong(SerdeConfig.URL, "is missing");
      }
      return urls;
    } catch (IllegalArgumentException e) {
      wrong(SerdeConfig.URL, "is not an address");
      return List.of();
    }
  }

  /** As Confluent: USER_INFO takes the setting, URL (the default) what the addresses carry. */
  private @Nullable String userInfo(List<URI> urls) {
    String source = text(SerdeConfig.CREDENTIALS_SOURCE);
    String userInfo = text(SerdeConfig.USER_INFO);
    if (source == null || source.equals("URL")) {
      if (source == null && userInfo != null) {
        return checked(userInfo);
      }
      if (source != null && urls.stream().allMatch(url -> url.getUserInfo() == null)) {
        wrong(SerdeConfig.CREDENTIALS_SOURCE, "is URL, but no address has user:password@");
      }
      return null;
    }
    if (!source.equals("USER_INFO")) {
      wrong(SerdeConfig.CREDENTIALS_SOURCE, "is neither USER_INFO nor URL: " + source);
      return null;
    }
    if (userInfo == null) {
      wrong(SerdeConfig.USER_INFO, "is missing, though the credentials source is USER_INFO");
      return null;
    }
    return checked(userInfo);
  }

  private String checked(String userInfo) {
    if (userInfo.indexOf(':') < 0) {
      wrong(SerdeConfig.USER_INFO, "is not user:password");
    }
    return userInfo;
  }

  private Duration timeout() {
    String text = text(SerdeConfig.READ_TIMEOUT);
    try {
      long millis = text == null ? 0 : Long.parseLong(text);
      if (text != null && millis <= 0) {
        wrong(SerdeConfig.READ_TIMEOUT, "is not positive: " + text);
      }
      return text == null
          ? SchemaRegistryConfig.DEFAULT_REQUEST_TIMEOUT
          : Duration.ofMillis(millis);
    } catch (NumberFormatException e) {
      wrong(SerdeConfig.READ_TIMEOUT, "is not a number of milliseconds: " + text);
      return SchemaRegistryConfig.DEFAULT_REQUEST_TIMEOUT;
    }
  }

  /** With the prefix that Confluent's clients also accept, which wins. */
  private @Nullable String text(String key) {
    Object prefixed = get("schema.registry." + key);
    Object value = prefixed == null ? get(key) : prefixed;
    if (value instanceof org.apache.kafka.common.config.types.Password secret) {
      return secret.value();
    }
    return value == null ? null : value.toString().strip();
  }
}
