package dev.waybill.consumer;

import dev.waybill.consumer.streams.StreamsProperties;
import dev.waybill.deduplication.DeduplicationSettings;
import dev.waybill.runtime.HttpAddress;
import dev.waybill.runtime.InstanceName;
import dev.waybill.runtime.Settings;
import dev.waybill.runtime.clients.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
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
      boolean ownPartitioner) {

    private void refuseDoubles(Settings settings) {
      List<String> all = List.of(events, deadLetters, replays, notifications);
      if (Set.copyOf(all).size() < all.size()) {
        settings.reject(
            "CONSUMER_TOPIC, _DEAD_LETTER_TOPIC, _REPLAY_TOPIC and _NOTIFICATION_TOPIC must be"
                + " four topics, and are "
                + String.join(", ", all));
      }
    }
  }

  record Streams(
      int threads,
      Duration commitInterval,
      Duration sessionTimeout,
      Path stateDirectory,
      int replicationFactor,
      int standbyReplicas,
      int storeCacheBytes,
      int rocksBytes) {}

  /**
   * Reads all of them.
   *
   * @throws dev.waybill.runtime.BadSettingsException naming every wrong one
   */
  static ConsumerSettings from(Settings settings) {
    HttpAddress http = HttpAddress.from(settings, 8082);
    KafkaSettings kafka = ConsumerClients.read(settings);
    ConsumerSettings consumer =
        new ConsumerSettings(
            settings.name("CONSUMER_APPLICATION_ID", "waybill-consumer"),
            InstanceName.from(settings, "CONSUMER_INSTANCE", http),
            topics(settings),
            kafka.properties(),
            RegistrySettings.from(settings),
            ValueDeserializer.from(settings),
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
    ConsumerClients.check(kafka, consumer);
    consumer.topics.refuseDoubles(settings);
    settings.verify();
    settings.warnOfIgnored(ConsumerClients.unknown(kafka), "CONSUMER_");
    return consumer;
  }

  private static Topics topics(Settings settings) {
    String events = settings.name("CONSUMER_TOPIC", "orders.events");
    return new Topics(
        events,
        settings.name("CONSUMER_DEAD_LETTER_TOPIC", "orders.events.dead-letters"),
        settings.name("CONSUMER_REPLAY_TOPIC", events + ".replays"),
        settings.name("CONSUMER_NOTIFICATION_TOPIC", "customer.notifications"),
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
        settings.read("CONSUMER_STATE_DIR", defaultStateDirectory(), Path::of),
        settings.integer("CONSUMER_REPLICATION_FACTOR", -1, -1, 9),
        settings.integer("CONSUMER_STANDBY_REPLICAS", 0, 0, 9),
        settings.integer("CONSUMER_STORE_CACHE_BYTES", 64 << 20, 0, 1 << 30),
        settings.integer("CONSUMER_ROCKSDB_BYTES", 256 << 20, 16 << 20, Integer.MAX_VALUE));
  }

  private static Path defaultStateDirectory() {
    return Path.of(System.getProperty("java.io.tmpdir"), "waybill-consumer");
  }

  /**
   * How Kafka Streams is configured.
   *
   * @param self where other instances find this one's queries
   * @param largestRecord in bytes, of those that are sent
   * @param largestBatch that internal topics take
   * @param handlers what the topology wants to be told
   */
  StreamsProperties streamsProperties(
      HostInfo self, int largestRecord, long largestBatch, Map<String, Object> handlers) {
    return new StreamsProperties(
        applicationId,
        kafka,
        self,
        instance,
        streams.threads(),
        streams.commitInterval(),
        streams.sessionTimeout(),
        streams.stateDirectory(),
        streams.replicationFactor(),
        streams.standbyReplicas(),
        streams.storeCacheBytes(),
        largestRecord,
        largestBatch,
        handlers);
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
    if (parsed.port() < 1 || parsed.port() > 65_535) {
      throw new IllegalArgumentException("the port must be from 1 to 65535");
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
