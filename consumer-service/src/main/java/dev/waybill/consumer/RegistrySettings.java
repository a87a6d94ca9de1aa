package dev.waybill.consumer;

import dev.waybill.registry.SchemaRegistryConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the schema registry is reached, by whichever class decodes the events. */
record RegistrySettings(String url, @Nullable String userInfo) {
  /**
   * With all its attempts the client stays below the ten seconds that a transaction may take, so
   * that an answer that comes late still finds the transaction open.
   */
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** For Waybill's own client. */
  SchemaRegistryConfig config() {
    SchemaRegistryConfig config = SchemaRegistryConfig.of(url).withUserInfo(userInfo);
    return new SchemaRegistryConfig(config.urls(), config.userInfo(), TIMEOUT);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return url;
  }
}
