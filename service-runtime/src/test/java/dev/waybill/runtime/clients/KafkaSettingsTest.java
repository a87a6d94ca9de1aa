package dev.waybill.runtime.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.runtime.Settings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:notaport", "a:1,b", "a:0", "a:70000", "a:1,,b:2", "a b"})
  void serversWithoutHostOrPortAreRefused(String servers) {
    Settings settings = new Settings(Map.of("KAFKA_BOOTSTRAP_SERVERS", servers));
    var unused = KafkaSettings.from(settings, Map.of(), Map.of());
    assertThatThrownBy(settings::verify)
        .hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS=" + servers + ": must be host:port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka.invalid:9092", "a:1, b:2", "[::1]:9092", "SSL://a:1"})
  void othersAreTaken(String servers) {
    Settings settings = new Settings(Map.of("KAFKA_BOOTSTRAP_SERVERS", servers));
    var unused = KafkaSettings.from(settings, Map.of(), Map.of());
    settings.verify();
  }

  @Test
  void whatTheServiceDecidesIsRefusedForWhicheverClientItIsSet() {
    Settings settings =
        new Settings(
            Map.of(
                "KAFKA_CLIENT_ACKS", "1",
                "KAFKA_CLIENT_MAIN_CONSUMER_ISOLATION_LEVEL", "read_uncommitted",
                "KAFKA_CLIENT_CONSUMER_GROUP_ID", "mine",
                "KAFKA_CLIENT_BOOTSTRAP_SERVERS", "a:1"));
    KafkaSettings kafka =
        KafkaSettings.from(
            settings,
            Map.of("acks", "all", "isolation.level", "read_committed"),
            Map.of("group.id", "NAME"));

    assertThat(kafka.properties()).containsOnlyKeys("bootstrap.servers");
    assertThatThrownBy(settings::verify)
        .hasMessageContaining("KAFKA_CLIENT_ACKS=1: only all keeps")
        .hasMessageContaining("KAFKA_CLIENT_MAIN_CONSUMER_ISOLATION_LEVEL=read_uncommitted: only")
        .hasMessageContaining("KAFKA_CLIENT_CONSUMER_GROUP_ID: follows from NAME")
        .hasMessageContaining("KAFKA_CLIENT_BOOTSTRAP_SERVERS: follows from");
  }

  @Test
  void everyPropertyThatKafkaRefusesIsNamedWithoutItsSecrets() {
    Settings settings =
        new Settings(
            Map.of(
                "KAFKA_CLIENT_SECURITY_PROTOCOL", "MAGIC",
                "KAFKA_CLIENT_BATCH_SIZE", "big",
                "KAFKA_CLIENT_LINGER_MS", "-1",
                "KAFKA_CLIENT_SSL_KEY_PASSWORD", "s3cret"));
    check(settings, Map.of());

    assertThatThrownBy(settings::verify)
        .hasMessageContaining("KAFKA_CLIENT_SECURITY_PROTOCOL=MAGIC: Invalid value MAGIC")
        .hasMessageContaining("KAFKA_CLIENT_BATCH_SIZE=big: ")
        .hasMessageContaining("KAFKA_CLIENT_LINGER_MS=-1: ")
        .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("s3cret"));
  }

  @ParameterizedTest
  @CsvSource({
    "RETRIES, 0, retries",
    "MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 10, max.in.flight",
    "REQUEST_TIMEOUT_MS, 30000, delivery.timeout.ms"
  })
  void propertiesThatDoNotGoTogetherAreRefused(String name, String value, String named) {
    Settings settings = new Settings(Map.of("KAFKA_CLIENT_" + name, value));
    check(settings, Map.of("enable.idempotence", true, "delivery.timeout.ms", 15_000));
    assertThatThrownBy(settings::verify)
        .hasMessageContaining("KAFKA_CLIENT_*: ")
        .hasMessageContaining(named);
  }

  @Test
  void sizesThatHoldNoEventAreRefusedByName() {
    Settings settings =
        new Settings(
            Map.of(
                "KAFKA_CLIENT_MAX_REQUEST_SIZE", "100",
                "KAFKA_CLIENT_BUFFER_MEMORY", "10",
                "KAFKA_CLIENT_ACKS", "some"));
    check(settings, Map.of());

    assertThatThrownBy(settings::verify)
        .hasMessageContaining("KAFKA_CLIENT_MAX_REQUEST_SIZE=100: ")
        .hasMessageContaining("KAFKA_CLIENT_BUFFER_MEMORY=10: ")
        .hasMessageContaining("KAFKA_CLIENT_ACKS=some: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAX_REQUEST_SIZE", "BATCH_SIZE"})
  void memoryThatIsSetHoldsARequestAndABatch(String name) {
    Map<String, String> environment =
        Map.of("KAFKA_CLIENT_" + name, "4194304", "KAFKA_CLIENT_BUFFER_MEMORY", "4194303");
    Settings settings = new Settings(environment);
    check(settings, Map.of());
    assertThatThrownBy(settings::verify).hasMessageContaining("buffer.memory: must not be below");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INTERCEPTOR_CLASSES",
        "METRIC_REPORTERS",
        "PARTITIONER_CLASS",
        "SASL_CLIENT_CALLBACK_HANDLER_CLASS",
        "SASL_LOGIN_CALLBACK_HANDLER_CLASS",
        "SASL_LOGIN_CLASS",
        "SECURITY_PROVIDERS",
        "SSL_ENGINE_FACTORY_CLASS"
      })
  void classesThatAreNotThereOrNotOfTheKindAreRefusedByName(String name) {
    for (String named : new String[] {"no.such.C", "java.lang.String"}) {
      Settings settings =
          new Settings(Map.of("KAFKA_CLIENT_" + name, named, "KAFKA_CLIENT_ACKS", "some"));
      check(settings, Map.of());
      assertThatThrownBy(settings::verify)
          .hasMessageContaining("KAFKA_CLIENT_" + name + "=" + named + ": ")
          .hasMessageContaining("KAFKA_CLIENT_ACKS=some: ");
    }
  }

  @Test
  void classesThatFitAreTaken() {
    Settings settings =
        new Settings(
            Map.of(
                "KAFKA_CLIENT_METRIC_REPORTERS", "org.apache.kafka.common.metrics.JmxReporter",
                "KAFKA_CLIENT_PARTITIONER_CLASS",
                    "org.apache.kafka.clients.producer.RoundRobinPartitioner"));
    check(settings, Map.of());
    settings.verify();
  }

  @ParameterizedTest
  @ValueSource(strings = {"KEY_SERIALIZER", "CONSUMER_VALUE_DESERIALIZER"})
  void formOfRecordsIsDecidedByTheService(String name) {
    Settings settings = new Settings(Map.of("KAFKA_CLIENT_" + name, "no.such.C"));
    var unused = KafkaSettings.from(settings, Map.of(), Map.of());
    assertThatThrownBy(settings::verify)
        .hasMessageContaining("KAFKA_CLIENT_" + name + ": follows from what the service reads");
  }

  @Test
  void propertiesThatNoCheckedClientHasAreUnknown() {
    Settings settings =
        new Settings(
            Map.of(
                "KAFKA_CLIENT_LINGER_MS", "5",
                "KAFKA_CLIENT_PRODUCER_ACKS", "all",
                "KAFKA_CLIENT_LINGERING_MS", "5",
                "KAFKA_CLIENT_CONSUMER_FETCH_MAX_BYTES", "5"));
    KafkaSettings kafka = check(settings, Map.of());
    settings.verify();
    assertThat(kafka.unknown())
        .containsExactly("KAFKA_CLIENT_CONSUMER_FETCH_MAX_BYTES", "KAFKA_CLIENT_LINGERING_MS");
  }

  private static KafkaSettings check(Settings settings, Map<String, Object> own) {
    KafkaSettings kafka = KafkaSettings.from(settings, Map.of(), Map.of());
    Map<String, Object> config = new HashMap<>(own);
    config.put("key.serializer", ByteArraySerializer.class);
    config.put("value.serializer", ByteArraySerializer.class);
    config.putAll(kafka.properties());
    kafka.check(ClientRules.PRODUCER, config);
    return kafka;
  }
}
