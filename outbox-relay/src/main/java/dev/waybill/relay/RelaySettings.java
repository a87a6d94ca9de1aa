package dev.waybill.relay;

import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.relay.cursor.CursorRecords;
import dev.waybill.relay.lane.LaneClients;
import dev.waybill.relay.lane.Lanes;
import dev.waybill.relay.lane.Quarantine;
import dev.waybill.relay.source.OutboxDatabase;
import dev.waybill.relay.source.PageLimits;
import dev.waybill.relay.topic.DeadLetters;
import dev.waybill.relay.topic.RelayTopic;
import dev.waybill.relay.topic.RelayTopics;
import dev.waybill.relay.topic.TopicRules;
import dev.waybill.relay.topic.Topics;
import dev.waybill.runtime.HttpAddress;
import dev.waybill.runtime.InstanceName;
import dev.waybill.runtime.PostgresLogin;
import dev.waybill.runtime.Settings;
import dev.waybill.runtime.clients.ClientRules;
import dev.waybill.runtime.clients.KafkaSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The relay's settings; docs/relay.md says what each is for. */
record RelaySettings(
    String name,
    @Nullable String instance,
    Duration sessionTimeout,
    Database database,
    Map<String, Object> kafka,
    SchemaRegistryConfig registry,
    Events events,
    String cursorTopic,
    String deadLetterTopic,
    PageLimits page,
    Duration pollIntervalMax,
    Duration rewind,
    Duration stuckAfter,
    HttpAddress http,
    @Nullable String actionToken) {
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{16,1024}");

  /** Client properties of which one value alone leaves the guarantees whole. */
  private static final Map<String, String> ONLY =
      Map.of(
          ProducerConfig.ACKS_CONFIG, "all",
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
          ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG, "false",
          ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
          ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");

  /** And those that other settings decide, or the relay itself. */
  private static final Map<String, String> DECIDED =
      Map.of(
          ConsumerConfig.GROUP_ID_CONFIG, "RELAY_NAME",
          ProducerConfig.TRANSACTIONAL_ID_CONFIG, "RELAY_NAME",
          ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "RELAY_INSTANCE",
          ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "RELAY_SESSION_TIMEOUT",
          ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "RELAY_SESSION_TIMEOUT",
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "what the relay reads",
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, "how the relay shares lanes");

  record Database(PostgresLogin login, @Nullable String schema) {
    OutboxDatabase open() {
      return new OutboxDatabase(login.url(), login.user(), login.password(), schema);
    }

    /** As {@code prune} opens it: with a role that may delete. The caller verifies. */
    Database pruning(Settings settings) {
      return new Database(login.unless(settings, "PRUNE_DATABASE"), schema);
    }
  }

  TopicRules eventRules() {
    return TopicRules.events(
        events.topic, events.partitions, events.replicationFactor, events.compactionLag);
  }

  TopicRules cursorRules() {
    return TopicRules.cursors(cursorTopic, events.replicationFactor);
  }

  TopicRules deadLetterRules() {
    return TopicRules.deadLetters(deadLetterTopic, events.replicationFactor);
  }

  /** Kafka as the lanes use it, once the topic of the events is known. */
  Lanes.KafkaSide kafkaSide(RelayTopic topic, Supplier<Optional<String>> topicsProblem) {
    return new Lanes.KafkaSide(
        name, instance, sessionTimeout, cursorTopic, kafka, topic, topicsProblem);
  }

  /** The outbox as the lanes read it, once the topic of the events is known. */
  OutboxReaders readers(OutboxDatabase opened, RelayTopic topic) {
    return new OutboxReaders(
        opened, page.withRowsUpTo(largestRequest(topic.maxMessageBytes())), rewind);
  }

  /** What lets events pass, once the topics are known; opens nothing yet. */
  Quarantine quarantine(OutboxDatabase opened, RelayTopics topics) {
    return new Quarantine(
        kafkaSide(topics.events(), Optional::empty),
        readers(opened, topics.events()),
        new DeadLetters(
            topics.deadLetters(),
            largestRequest(topics.events().maxMessageBytes()),
            events.source()));
  }

  record Events(
      String topic, String source, int partitions, int replicationFactor, Duration compactionLag) {}

  /**
   * Reads all of them.
   *
   * @throws dev.waybill.runtime.BadSettingsException naming every wrong one
   */
  static RelaySettings from(Settings settings) {
    HttpAddress http = HttpAddress.from(settings, 8081);
    KafkaSettings kafka = KafkaSettings.from(settings, ONLY, DECIDED);
    RelaySettings relay =
        new RelaySettings(
            settings.name("RELAY_NAME", "waybill"),
            InstanceName.from(settings, "RELAY_INSTANCE", http),
            settings.duration(
                "RELAY_SESSION_TIMEOUT",
                Duration.ofSeconds(6),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5)),
            new Database(PostgresLogin.from(settings), settings.optional("OUTBOX_SCHEMA")),
            kafka.properties(),
            registry(settings),
            events(settings),
            settings.name("RELAY_CURSOR_TOPIC", "waybill.cursors"),
            settings.name("RELAY_DEAD_LETTER_TOPIC", "waybill.dead-letters"),
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
            http,
            actionToken(settings));
    relay.checkClients(kafka);
    if (relay.cursorTopic.equals(relay.events.topic)) {
      settings.reject("RELAY_TOPIC and RELAY_CURSOR_TOPIC are the same topic");
    }
    if (List.of(relay.events.topic, relay.cursorTopic).contains(relay.deadLetterTopic)) {
      settings.reject("RELAY_DEAD_LETTER_TOPIC is the topic of the events or of the cursors");
    }
    settings.verify();
    settings.warnOfIgnored(kafka.unknown(), "RELAY_");
    return relay;
  }

  /**
   * The largest request that a producer sends, in bytes: no record is larger.
   *
   * @param maxMessageBytes what the topic takes
   */
  int largestRequest(int maxMessageBytes) {
    Map<String, Object> producer = LaneClients.producer(kafka, name, maxMessageBytes);
    String size = String.valueOf(producer.get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG));
    return Integer.parseInt(size.strip());
  }

  private static Events events(Settings settings) {
    return new Events(
        settings.name("RELAY_TOPIC", "orders.events"),
        settings.read("RELAY_SOURCE", "/waybill/orders", RelaySettings::uriReference),
        settings.integer("RELAY_TOPIC_PARTITIONS", 6, 1, 10_000),
        settings.read("RELAY_TOPIC_REPLICATION_FACTOR", -1, RelaySettings::replicationFactor),
        settings.duration(
            "RELAY_COMPACTION_LAG", Duration.ofDays(7), Duration.ZERO, Duration.ofDays(3650)));
  }

  /** Every client that the relay will have. */
  private void checkClients(KafkaSettings given) {
    given.check(ClientRules.ADMIN, Topics.config(kafka));
    given.check(ClientRules.ADMIN, kafka);
    given.check(ClientRules.CONSUMER, LaneClients.member(kafka, name, instance, sessionTimeout));
    given.check(ClientRules.CONSUMER, CursorRecords.config(kafka));
    given.check(
        new ClientRules(ClientRules.PRODUCER.each(), RelaySettings::transactional),
        LaneClients.producer(kafka, name, 0));
  }

  /** A broker must not abort a transaction whose last record is still under way. */
  private static AbstractConfig transactional(Map<String, Object> properties) {
    AbstractConfig config = ClientRules.PRODUCER.together().apply(properties);
    String timeout = ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;
    if (config.getInt(timeout) < config.getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG)) {
      throw new ConfigException(
          timeout, config.getInt(timeout), "must not be below delivery.timeout.ms");
    }
    return config;
  }

  private static SchemaRegistryConfig registry(Settings settings) {
    String userInfo = settings.optional("SCHEMA_REGISTRY_USER_INFO");
    if (userInfo != null && userInfo.indexOf(':') < 0) {
      settings.reject("SCHEMA_REGISTRY_USER_INFO: must be user:password");
      userInfo = null;
    }
    return settings
        .read(
            "SCHEMA_REGISTRY_URL",
            SchemaRegistryConfig.of("http://localhost:8090"),
            SchemaRegistryConfig::of)
        .withUserInfo(userInfo);
  }

  /** Its value is said nowhere, also when it is refused. */
  private static @Nullable String actionToken(Settings settings) {
    String token = settings.optional("RELAY_ACTION_TOKEN");
    if (token != null && !TOKEN.matcher(token).matches()) {
      settings.reject(
          "RELAY_ACTION_TOKEN: must have 16 to 1024 characters of ASCII that can be seen");
    }
    return token;
  }

  private static int replicationFactor(String value) {
    int factor = Settings.whole(value);
    if (factor != -1 && (factor < 1 || factor > 9)) {
      throw new IllegalArgumentException("must be from 1 to 9, or -1 for the broker's default");
    }
    return factor;
  }

  private static String uriReference(String value) {
    return URI.create(value).toString();
  }
}
