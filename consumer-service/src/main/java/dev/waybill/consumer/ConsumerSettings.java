package dev.waybill.consumer;

import dev.waybill.consumer.belongings.FirstRecord;
import dev.waybill.consumer.streams.StreamsProperties;
import dev.waybill.deduplication.DeduplicationSettings;
import dev.waybill.runtime.HttpAddress;
import dev.waybill.runtime.InstanceName;
import dev.waybill.runtime.Settings;
import dev.waybill.runtime.clients.ClientRules;
import dev.waybill.runtime.clients.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
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

  /** Client properties of which one value alone leaves the guarantees whole. */
  private static final Map<String, String> ONLY =
      Map.of(
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
          ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
          ProducerConfig.ACKS_CONFIG, "all",
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
          ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG, "false",
          StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);

  /** And those that other settings decide. */
  private static final Map<String, String> DECIDED =
      Map.ofEntries(
          Map.entry(StreamsConfig.APPLICATION_ID_CONFIG, "CONSUMER_APPLICATION_ID"),
          Map.entry(ConsumerConfig.GROUP_ID_CONFIG, "CONSUMER_APPLICATION_ID"),
          Map.entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "CONSUMER_APPLICATION_ID"),
          Map.entry(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "CONSUMER_INSTANCE"),
          Map.entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "CONSUMER_SESSION_TIMEOUT"),
          Map.entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "CONSUMER_SESSION_TIMEOUT"),
          Map.entry(StreamsConfig.APPLICATION_SERVER_CONFIG, "CONSUMER_ADVERTISED_ADDRESS"),
          Map.entry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "CONSUMER_THREADS"),
          Map.entry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "CONSUMER_COMMIT_INTERVAL"),
          Map.entry(StreamsConfig.STATE_DIR_CONFIG, "CONSUMER_STATE_DIR"),
          Map.entry(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "CONSUMER_SESSION_TIMEOUT"),
          Map.entry(StreamsConfig.REPLICATION_FACTOR_CONFIG, "CONSUMER_REPLICATION_FACTOR"),
          Map.entry(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, "CONSUMER_STANDBY_REPLICAS"),
          Map.entry(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, "CONSUMER_STORE_CACHE_BYTES"));

  private static final ClientRules STREAMS =
      new ClientRules(StreamsConfig.configDef(), ConsumerSettings::streamsClients);

  /**
   * Reads all of them.
   *
   * @throws dev.waybill.runtime.BadSettingsException naming every wrong one
   */
  static ConsumerSettings from(Settings settings) {
    HttpAddress http = HttpAddress.from(settings, 8082);
    KafkaSettings kafka = kafka(settings);
    ConsumerSettings consumer =
        new ConsumerSettings(
            settings.name("CONSUMER_APPLICATION_ID", "waybill-consumer"),
            InstanceName.from(settings, "CONSUMER_INSTANCE", http),
            topics(settings),
            kafka.properties(),
            RegistrySettings.from(settings),
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
    consumer.checkClients(kafka);
    consumer.topics.refuseDoubles(settings);
    settings.verify();
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

  /** The properties of every client, and nothing that would break a promise. */
  static KafkaSettings kafka(Settings settings) {
    return KafkaSettings.from(settings, ONLY, DECIDED);
  }

  /** Every client that B will have. */
  private void checkClients(KafkaSettings given) {
    given.check(ClientRules.ADMIN, kafka);
    given.check(ClientRules.CONSUMER, FirstRecord.config(applicationId, kafka));
    given.check(ClientRules.PRODUCER, made(kafka));
    Map<String, Object> all = new HashMap<>();
    streamsProperties(new HostInfo("localhost", 1), 1 << 20, 1 << 20, Map.of())
        .properties()
        .forEach((key, value) -> all.put(key.toString(), value));
    given.check(STREAMS, all);
  }

  private static AbstractConfig streamsClients(Map<String, Object> properties) {
    StreamsConfig streams = new StreamsConfig(properties);
    String id = streams.getString(StreamsConfig.APPLICATION_ID_CONFIG);
    var unusedConsumer =
        ClientRules.CONSUMER.together().apply(made(streams.getMainConsumerConfigs(id, id, 0)));
    var unusedProducer =
        ClientRules.PRODUCER.together().apply(made(streams.getProducerConfigs(id)));
    var unusedAdmin = ClientRules.ADMIN.together().apply(streams.getAdminConfigs(id));
    return streams;
  }

  /** As Kafka Streams makes clients of them. */
  private static Map<String, Object> made(Map<String, Object> client) {
    Map<String, Object> config = new HashMap<>(client);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return config;
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
