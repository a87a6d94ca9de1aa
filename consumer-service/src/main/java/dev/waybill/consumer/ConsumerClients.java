package dev.waybill.consumer;

import dev.waybill.consumer.belongings.FirstRecord;
import dev.waybill.consumer.letters.DeadLetters;
import dev.waybill.runtime.Settings;
import dev.waybill.runtime.clients.ClientRules;
import dev.waybill.runtime.clients.KafkaSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;

/** The Kafka clients that B has: what may be set of them, and whether Kafka takes it. */
final class ConsumerClients {
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
      new ClientRules(StreamsConfig.configDef(), ConsumerClients::streams);

  private ConsumerClients() {}

  /**
   * The properties of every client, and nothing that would break a promise; the caller verifies.
   */
  static KafkaSettings read(Settings settings) {
    return KafkaSettings.from(settings, ONLY, DECIDED);
  }

  /** Refuses what Kafka would, for every client that B will have. */
  static void check(KafkaSettings given, ConsumerSettings settings) {
    given.check(ClientRules.ADMIN, settings.kafka());
    given.check(
        ClientRules.CONSUMER, FirstRecord.config(settings.applicationId(), settings.kafka()));
    given.check(
        ClientRules.CONSUMER,
        DeadLetters.consumerConfig(settings.applicationId(), settings.kafka()));
    given.check(
        ClientRules.PRODUCER,
        DeadLetters.producerConfig(settings.applicationId(), settings.kafka()));
    given.check(ClientRules.ADMIN, given.propertiesOf(StreamsConfig.ADMIN_CLIENT_PREFIX));
    given.check(ClientRules.PRODUCER, made(given.propertiesOf(StreamsConfig.PRODUCER_PREFIX)));
    for (String consumer :
        List.of(StreamsConfig.MAIN_CONSUMER_PREFIX, StreamsConfig.RESTORE_CONSUMER_PREFIX)) {
      Map<String, Object> config =
          made(given.propertiesOf(StreamsConfig.CONSUMER_PREFIX, consumer));
      config.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG); // Kafka Streams' own, and not theirs.
      given.check(ClientRules.CONSUMER, config);
    }
    Map<String, Object> all = new HashMap<>();
    settings
        .streamsProperties(new HostInfo("localhost", 1), 1 << 20, 1 << 20, Map.of())
        .properties()
        .forEach((key, value) -> all.put(key.toString(), value));
    given.check(STREAMS, all);
  }

  /** The variables that are for none of these clients, nor for the topics that Streams makes. */
  static List<String> unknown(KafkaSettings checked) {
    return checked.unknown().stream()
        .filter(name -> !name.startsWith("KAFKA_CLIENT_TOPIC_"))
        .toList();
  }

  private static AbstractConfig streams(Map<String, Object> properties) {
    StreamsConfig config = new StreamsConfig(properties);
    String id = config.getString(StreamsConfig.APPLICATION_ID_CONFIG);
    var unusedConsumer =
        ClientRules.CONSUMER.together().apply(made(config.getMainConsumerConfigs(id, id, 0)));
    var unusedProducer = ClientRules.PRODUCER.together().apply(made(config.getProducerConfigs(id)));
    var unusedAdmin = ClientRules.ADMIN.together().apply(config.getAdminConfigs(id));
    return config;
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
}
