package dev.waybill.relay;

import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.relay.lane.Lanes;
import dev.waybill.relay.source.OutboxDatabase;
import dev.waybill.relay.source.PageLimits;
import dev.waybill.relay.topic.RelayTopic;
import dev.waybill.relay.topic.TopicRules;
import dev.waybill.runtime.HttpAddress;
import dev.waybill.runtime.InstanceName;
import dev.waybill.runtime.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The relay's settings; docs/relay.md says what each is for. */
record RelaySettings(
    String name,
    @Nullable String instance,
    Duration sessionTimeout,
    int lanes,
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
    HttpAddress http) {
  private static final int LEAST_REQUEST = 1024 * 1024;
  private static final Pattern SERVERS = Pattern.compile("[^\\s,]+:\\d{1,5}(,[^\\s,]+:\\d{1,5})*");
  private static final Pattern LEGAL_NAME = Pattern.compile("[a-zA-Z0-9._-]{1,200}");

  record Database(String url, String user, @Nullable String password, @Nullable String schema) {
    OutboxDatabase open() {
      return new OutboxDatabase(url, user, password, schema);
    }

    /** As {@code prune} opens it: with a role that may delete. The caller verifies. */
    Database pruning(Settings settings) {
      String own = settings.optional("PRUNE_DATABASE_USER");
      return new Database(
          settings.read("PRUNE_DATABASE_URL", url, RelaySettings::jdbcUrl),
          own == null ? user : own,
          own == null ? password : settings.optional("PRUNE_DATABASE_PASSWORD"),
          schema);
    }

    /** Without the URL's parameters, of which one may be a password. */
    @Override
    public String toString() {
      return url.replaceFirst("\\?.*", "")
          + (schema == null ? "" : " schema " + schema)
          + " as "
          + user;
    }
  }

  TopicRules eventRules() {
    return TopicRules.events(
        events.topic, events.partitions, events.replicationFactor, events.compactionLag);
  }

  TopicRules cursorRules() {
    return TopicRules.cursors(cursorTopic, lanes, events.replicationFactor);
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

  record Events(
      String topic, String source, int partitions, int replicationFactor, Duration compactionLag) {}

  /**
   * Reads all of them.
   *
   * @throws dev.waybill.runtime.BadSettingsException naming every wrong one
   */
  static RelaySettings from(Settings settings) {
    HttpAddress http = HttpAddress.from(settings, 8081);
    RelaySettings relay =
        new RelaySettings(
            settings.read("RELAY_NAME", "waybill", RelaySettings::legalName),
            InstanceName.from(settings, "RELAY_INSTANCE", http),
            settings.duration(
                "RELAY_SESSION_TIMEOUT",
                Duration.ofSeconds(6),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5)),
            settings.integer("OUTBOX_LANES", 4, 1, 1024),
            new Database(
                settings.read(
                    "DATABASE_URL",
                    "jdbc:postgresql://localhost:5432/orders",
                    RelaySettings::jdbcUrl),
                settings.text("DATABASE_USER", "postgres"),
                settings.optional("DATABASE_PASSWORD"),
                settings.optional("OUTBOX_SCHEMA")),
            kafka(settings),
            registry(settings),
            events(settings),
            settings.read("RELAY_CURSOR_TOPIC", "waybill.cursors", RelaySettings::legalName),
            settings.read(
                "RELAY_DEAD_LETTER_TOPIC", "waybill.dead-letters", RelaySettings::legalName),
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
            http);
    if (relay.cursorTopic.equals(relay.events.topic)) {
      settings.reject("RELAY_TOPIC and RELAY_CURSOR_TOPIC are the same topic");
    }
    if (List.of(relay.events.topic, relay.cursorTopic).contains(relay.deadLetterTopic)) {
      settings.reject("RELAY_DEAD_LETTER_TOPIC is the topic of the events or of the cursors");
    }
    settings.verify();
    return relay;
  }

  /**
   * The largest request that a producer sends, in bytes: no record is larger.
   *
   * @param maxMessageBytes what the topic takes
   */
  int largestRequest(int maxMessageBytes) {
    int least = Math.max(LEAST_REQUEST, maxMessageBytes);
    Object own = kafka.get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    return own == null ? least : Integer.parseInt(own.toString().strip());
  }

  /** Without passwords: of Kafka's client settings only the names. */
  @Override
  public String toString() {
    return ("relay %s, instance %s (session %s): %d lanes from %s to %s as %s, cursors in %s, dead"
            + " letters in %s, kafka %s with %s, %s, pages of %s, polls within %s, rewind %s,"
            + " stuck after %s, %s")
        .formatted(
            name,
            instance,
            sessionTimeout,
            lanes,
            database,
            events.topic,
            events,
            cursorTopic,
            deadLetterTopic,
            kafka.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG),
            kafka.keySet(),
            registry,
            page,
            pollIntervalMax,
            rewind,
            stuckAfter,
            http);
  }

  private static Events events(Settings settings) {
    return new Events(
        settings.read("RELAY_TOPIC", "orders.events", RelaySettings::legalName),
        settings.read("RELAY_SOURCE", "/waybill/orders", RelaySettings::uriReference),
        settings.integer("RELAY_TOPIC_PARTITIONS", 6, 1, 10_000),
        settings.read("RELAY_TOPIC_REPLICATION_FACTOR", -1, RelaySettings::replicationFactor),
        settings.duration(
            "RELAY_COMPACTION_LAG", Duration.ofDays(7), Duration.ZERO, Duration.ofDays(3650)));
  }

  private static Map<String, Object> kafka(Settings settings) {
    Map<String, Object> client = new TreeMap<>(settings.properties("KAFKA_CLIENT_"));
    client.put(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        settings.read("KAFKA_BOOTSTRAP_SERVERS", "localhost:9092", RelaySettings::servers));
    try {
      var unused = new AdminClientConfig(client);
      Object largest = client.get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
      if (largest != null) {
        var unusedNumber =
            ConfigDef.parseType(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, largest, ConfigDef.Type.INT);
      }
    } catch (ConfigException wrong) {
      settings.reject("KAFKA_BOOTSTRAP_SERVERS, KAFKA_CLIENT_*: " + wrong.getMessage());
    }
    return client;
  }

  private static String servers(String value) {
    if (!SERVERS.matcher(value).matches()) {
      throw new IllegalArgumentException("must be host:port, or several with commas between");
    }
    return value;
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

  private static String legalName(String value) {
    if (!LEGAL_NAME.matcher(value).matches()) {
      throw new IllegalArgumentException("must be 1 to 200 of a-z, A-Z, 0-9, dot, _ and -");
    }
    return value;
  }

  private static int replicationFactor(String value) {
    int factor = Integer.parseInt(value.strip());
    if (factor != -1 && (factor < 1 || factor > 9)) {
      throw new IllegalArgumentException("must be from 1 to 9, or -1 for the broker's default");
    }
    return factor;
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
