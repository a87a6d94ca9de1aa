package dev.waybill.consumer;

import dev.waybill.deduplication.DeduplicationSettings;
import dev.waybill.runtime.HttpAddress;
import dev.waybill.runtime.InstanceName;
import dev.waybill.runtime.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/** The consumer's settings; docs/consumer.md says what each is for. */
record ConsumerSettings(
    String applicationId,
    @Nullable String instance,
    Topics topics,
    Map<String, Object> kafka,
    RegistrySettings registry,
    ValueDeserializer valueDeserializer,
    Duration idRetention,
    Streams streams,
    Duration stuckAfter,
    HttpAddress http,
    @Nullable HostInfo advertised) {

  /**
   * What B reads and writes.
   *
   * @param ownPartitioner whether the events' producers place keys in a way of their own
   */
  record Topics(
      String events,
      String deadLetters,
      String replays,
      String notifications,
      Duration deadLetterRetention,
      boolean ownPartitioner) {}

  record Streams(
      int threads,
      Duration commitInterval,
      Duration sessionTimeout,
      Path stateDirectory,
      int replicationFactor,
      int standbyReplicas,
      int storeCacheBytes,
      int rocksBytes) {}

  /** Client properties that only one value leaves the guarantees whole. */
  private static final Map<String, String> FIXED =
      Map.of(
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
          ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
          StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);

  /** And those that other settings decide. */
  private static final Map<String, String> FOREIGN =
      Map.of(
          ConsumerConfig.GROUP_ID_CONFIG, "CONSUMER_APPLICATION_ID",
          ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "CONSUMER_INSTANCE",
          ProducerConfig.TRANSACTIONAL_ID_CONFIG, "CONSUMER_APPLICATION_ID");

  /**
   * Reads all of them.
   *
   * @throws dev.waybill.runtime.BadSettingsException naming every wrong one
   */
  static ConsumerSettings from(Settings settings) {
    HttpAddress http = HttpAddress.from(settings, 8082);
    ConsumerSettings consumer =
        new ConsumerSettings(
            settings.text("CONSUMER_APPLICATION_ID", "waybill-consumer"),
            InstanceName.from(settings, "CONSUMER_INSTANCE", http),
            topics(settings),
            kafka(settings),
            new RegistrySettings(
                settings.text("SCHEMA_REGISTRY_URL", "http://localhost:8090"),
                settings.optional("SCHEMA_REGISTRY_USER_INFO")),
            settings.read(
                "CONSUMER_VALUE_DESERIALIZER", ValueDeserializer.OURS, ValueDeserializer::named),
            settings.duration(
                "CONSUMER_ID_RETENTION",
                DeduplicationSettings.DEFAULT_RETENTION,
                Duration.ofMinutes(1),
                Duration.ofDays(3650)),
            streams(settings),
            settings.duration(
                "CONSUMER_STUCK_AFTER",
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofDays(1)),
            http,
            advertised(settings));
    settings.verify();
    return consumer;
  }

  private static Topics topics(Settings settings) {
    String events = settings.text("CONSUMER_TOPIC", "orders.events");
    return new Topics(
        events,
        settings.text("CONSUMER_DEAD_LETTER_TOPIC", "orders.events.dead-letters"),
        settings.text("CONSUMER_REPLAY_TOPIC", events + ".replays"),
        settings.text("CONSUMER_NOTIFICATION_TOPIC", "customer.notifications"),
        settings.duration(
            "CONSUMER_DEAD_LETTER_RETENTION",
            Duration.ofDays(30),
            Duration.ofHours(1),
            Duration.ofDays(3650)),
        !settings.flag("CONSUMER_CHECK_PARTITIONS", true));
  }

  private static Streams streams(Settings settings) {
    return new Streams(
        settings.integer("CONSUMER_THREADS", 2, 1, 256),
        settings.duration(
            "CONSUMER_COMMIT_INTERVAL",
            Duration.ofMillis(100),
            Duration.ofMillis(1),
            Duration.ofSeconds(5)),
        settings.duration(
            "CONSUMER_SESSION_TIMEOUT",
            Duration.ofSeconds(6),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5)),
        Path.of(settings.text("CONSUMER_STATE_DIR", defaultStateDirectory())),
        settings.integer("CONSUMER_REPLICATION_FACTOR", -1, -1, 9),
        settings.integer("CONSUMER_STANDBY_REPLICAS", 0, 0, 9),
        settings.integer("CONSUMER_STORE_CACHE_BYTES", 64 << 20, 0, 1 << 30),
        settings.integer("CONSUMER_ROCKSDB_BYTES", 256 << 20, 16 << 20, Integer.MAX_VALUE));
  }

  private static String defaultStateDirectory() {
    return Path.of(System.getProperty("java.io.tmpdir"), "waybill-consumer").toString();
  }

  /** The properties of every client, and nothing that would break a promise. */
  static Map<String, Object> kafka(Settings settings) {
    Map<String, Object> client = new TreeMap<>(settings.properties("KAFKA_CLIENT_"));
    FIXED.forEach(
        (key, only) -> {
          Object given = client.remove(key);
          if (given != null && !given.equals(only)) {
            settings.reject(variable(key) + "=" + given + ": only " + only + " keeps the promises");
          }
        });
    FOREIGN.forEach(
        (key, decidedBy) -> {
          if (client.remove(key) != null) {
            settings.reject(variable(key) + ": follows from " + decidedBy);
          }
        });
    client.put(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        settings.text("KAFKA_BOOTSTRAP_SERVERS", "localhost:9092"));
    return client;
  }

  private static String variable(String key) {
    return "KAFKA_CLIENT_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private static @Nullable HostInfo advertised(Settings settings) {
    String name = "CONSUMER_ADVERTISED_ADDRESS";
    return settings.optional(name) == null
        ? null
        : settings.read(name, HostInfo.unavailable(), ConsumerSettings::hostInfo);
  }

  private static HostInfo hostInfo(String address) {
    HostInfo parsed = parsed(address);
    if (parsed == null || parsed.host().isEmpty()) {
      throw new IllegalArgumentException("must be host:port, an IPv6 address in brackets");
    }
    if (parsed.host().contains("_")) {
      throw new IllegalArgumentException("a host's name in a URL has no underscore");
    }
    return parsed;
  }

  private static @Nullable HostInfo parsed(String address) {
    try {
      return HostInfo.buildFromEndpoint(address);
    } catch (ConfigException noAddress) {
      return null;
    }
  }
}
