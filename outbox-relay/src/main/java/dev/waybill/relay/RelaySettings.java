package dev.waybill.relay;

import dev.waybill.relay.source.PageLimits;
import dev.waybill.runtime.HttpAddress;
import dev.waybill.runtime.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;

/** The relay's settings; docs/configuration.md says what each is for. */
record RelaySettings(
    String name,
    int lanes,
    Database database,
    Map<String, Object> kafka,
    Registry registry,
    Events events,
    String cursorTopic,
    PageLimits page,
    Duration pollIntervalMax,
    Duration rewind,
    Duration stuckAfter,
    HttpAddress http) {

  record Database(String url, String user, @Nullable String password) {
    @Override
    public String toString() {
      return url + " as " + user;
    }
  }

  record Registry(String url, @Nullable String userInfo) {
    @Override
    public String toString() {
      return url;
    }
  }

  record Events(
      String topic, String source, int partitions, int replicationFactor, Duration compactionLag) {}

  /**
   * Reads all of them.
   *
   * @throws dev.waybill.runtime.BadSettingsException naming every wrong one
   */
  static RelaySettings from(Settings settings) {
    RelaySettings relay =
        new RelaySettings(
            settings.text("RELAY_NAME", "waybill"),
            settings.integer("OUTBOX_LANES", 4, 1, 1024),
            new Database(
                settings.read(
                    "DATABASE_URL",
                    "jdbc:postgresql://localhost:5432/orders",
                    RelaySettings::jdbcUrl),
                settings.text("DATABASE_USER", "postgres"),
                settings.optional("DATABASE_PASSWORD")),
            kafka(settings),
            new Registry(
                settings.text("SCHEMA_REGISTRY_URL", "http://localhost:8090"),
                settings.optional("SCHEMA_REGISTRY_USER_INFO")),
            events(settings),
            settings.text("RELAY_CURSOR_TOPIC", "waybill.cursors"),
            new PageLimits(
                settings.integer("RELAY_PAGE_ROWS", 5_000, 1, 100_000),
                settings.integer("RELAY_PAGE_BYTES", 8 << 20, 1 << 10, 64 << 20)),
            settings.duration(
                "RELAY_POLL_INTERVAL_MAX",
                Duration.ofMillis(20),
                Duration.ofMillis(1),
                Duration.ofSeconds(10)),
            settings.duration(
                "RELAY_REWIND", Duration.ofHours(24), Duration.ZERO, Duration.ofDays(365)),
            settings.duration(
                "RELAY_STUCK_AFTER",
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofDays(1)),
            HttpAddress.from(settings, 8081));
    settings.verify();
    return relay;
  }

  private static Events events(Settings settings) {
    return new Events(
        settings.text("RELAY_TOPIC", "orders.events"),
        settings.read("RELAY_SOURCE", "/waybill/orders", RelaySettings::uriReference),
        settings.integer("RELAY_TOPIC_PARTITIONS", 6, 1, 10_000),
        settings.integer("RELAY_TOPIC_REPLICATION_FACTOR", -1, -1, 9),
        settings.duration(
            "RELAY_COMPACTION_LAG", Duration.ofDays(7), Duration.ZERO, Duration.ofDays(3650)));
  }

  private static Map<String, Object> kafka(Settings settings) {
    Map<String, Object> client = new TreeMap<>(settings.properties("KAFKA_CLIENT_"));
    client.put(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        settings.text("KAFKA_BOOTSTRAP_SERVERS", "localhost:9092"));
    return client;
  }

  private static String jdbcUrl(String value) {
    if (!value.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("must begin with jdbc:postgresql:");
    }
    return value;
  }

  private static String uriReference(String value) {
    return URI.create(value).toString();
  }
}
