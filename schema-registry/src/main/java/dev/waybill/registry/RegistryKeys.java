package dev.waybill.registry;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads from the settings where the registry is and who asks it. */
record RegistryKeys(Keys keys) {
  /** Null, and the reason told to the keys, if anything is wrong. */
  @Nullable SchemaRegistryConfig read() {
    int before = keys.wrongs();
    List<URI> urls = urls();
    String userInfo = userInfo(urls);
    Duration timeout = timeout();
    if (keys.wrongs() > before) {
      return null;
    }
    try {
      return new SchemaRegistryConfig(urls, userInfo, timeout);
    } catch (IllegalArgumentException e) {
      keys.wrong(SerdeConfig.URL, "is refused: " + e.getMessage());
      return null;
    }
  }

  private List<URI> urls() {
    Object value = keys.get(SerdeConfig.URL);
    String text =
        value instanceof Collection<?> several
            ? several.stream().map(String::valueOf).collect(Collectors.joining(","))
            : value == null ? "" : value.toString();
    try {
      List<URI> urls = SchemaRegistryConfig.parse(text);
      if (urls.isEmpty()) {
        keys.wrong(SerdeConfig.URL, "is missing");
      }
      return urls;
    } catch (IllegalArgumentException e) {
      keys.wrong(SerdeConfig.URL, "is " + e.getMessage());
      return List.of();
    }
  }

  /** As Confluent: USER_INFO takes the setting, URL (the default) what the addresses carry. */
  private @Nullable String userInfo(List<URI> urls) {
    String source = keys.text(SerdeConfig.CREDENTIALS_SOURCE);
    String userInfo = keys.text(SerdeConfig.USER_INFO);
    if (source == null || source.equals("URL")) {
      if (source == null && userInfo != null) {
        return checked(userInfo);
      }
      if (source != null && urls.stream().allMatch(url -> url.getUserInfo() == null)) {
        keys.wrong(SerdeConfig.CREDENTIALS_SOURCE, "is URL, but no address has user:password@");
      }
      return null;
    }
    if (!source.equals("USER_INFO")) {
      keys.wrong(SerdeConfig.CREDENTIALS_SOURCE, "is neither USER_INFO nor URL: " + source);
      return null;
    }
    if (userInfo == null) {
      keys.wrong(
          SerdeConfig.USER_INFO,
          "is missing, though " + SerdeConfig.CREDENTIALS_SOURCE + " is USER_INFO");
      return null;
    }
    return checked(userInfo);
  }

  private String checked(String userInfo) {
    if (userInfo.indexOf(':') < 0) {
      keys.wrong(SerdeConfig.USER_INFO, "is not user:password");
    }
    return userInfo;
  }

  private Duration timeout() {
    String text = keys.text(SerdeConfig.READ_TIMEOUT);
    try {
      long millis = text == null ? 0 : Long.parseLong(text);
      if (text != null && millis <= 0) {
        keys.wrong(SerdeConfig.READ_TIMEOUT, "is not positive: " + text);
      }
      return text == null
          ? SchemaRegistryConfig.DEFAULT_REQUEST_TIMEOUT
          : Duration.ofMillis(millis);
    } catch (NumberFormatException e) {
      keys.wrong(SerdeConfig.READ_TIMEOUT, "is not a number of milliseconds: " + text);
      return SchemaRegistryConfig.DEFAULT_REQUEST_TIMEOUT;
    }
  }
}
