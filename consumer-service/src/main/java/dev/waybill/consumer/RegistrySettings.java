package dev.waybill.consumer;

import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.runtime.Secrets;
import dev.waybill.runtime.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the schema registry is reached, by whichever class decodes the events. */
record RegistrySettings(String url, @Nullable String userInfo) {
  /**
   * An answer to a first attempt finds the transaction open, which may take five seconds at least.
   * One that comes after more of them may not: then the record is tried again, and the answer is
   * remembered.
   */
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** Reads them; the caller verifies. */
  static RegistrySettings from(Settings settings) {
    String userInfo = "SCHEMA_REGISTRY_USER_INFO";
    return new RegistrySettings(
        settings.read("SCHEMA_REGISTRY_URL", "http://localhost:8090", RegistrySettings::url),
        settings.optional(userInfo) == null
            ? null
            : settings.read(userInfo, "", RegistrySettings::userInfo));
  }

  private static String url(String value) {
    var unused = SchemaRegistryConfig.of(value);
    return value;
  }

  private static String userInfo(String value) {
    if (value.indexOf(':') < 0) {
      throw new IllegalArgumentException("must be user:password");
    }
    return value;
  }

  /** For Waybill's own client. */
  SchemaRegistryConfig config() {
    SchemaRegistryConfig config = SchemaRegistryConfig.of(url).withUserInfo(userInfo);
    return new SchemaRegistryConfig(config.urls(), config.userInfo(), TIMEOUT);
  }

  /** Without passwords. */
  @Override
  public String toString() {
    return Secrets.hide(url);
  }
}
