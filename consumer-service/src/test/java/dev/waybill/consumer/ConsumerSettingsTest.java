package dev.waybill.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.runtime.BadSettingsException;
import dev.waybill.runtime.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumerSettingsTest {
  @Test
  void everythingHasADefault() {
    ConsumerSettings settings = ConsumerSettings.from(new Settings(Map.of()));

    assertThat(settings.applicationId()).isEqualTo("waybill-consumer");
    assertThat(settings.topics().events()).isEqualTo("orders.events");
    assertThat(settings.idRetention()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.http().port()).isEqualTo(8082);
    assertThat(settings.advertised()).isNull();
  }

  @Test
  void everyWrongSettingIsNamedInOneMessage() {
    Settings environment =
        new Settings(
            Map.of(
                "KAFKA_CLIENT_AUTO_OFFSET_RESET", "latest",
                "KAFKA_CLIENT_ISOLATION_LEVEL", "read_uncommitted",
                "KAFKA_CLIENT_PROCESSING_GUARANTEE", "at_least_once",
                "KAFKA_CLIENT_GROUP_ID", "mine",
                "CONSUMER_VALUE_DESERIALIZER", "java.lang.String",
                "CONSUMER_THREADS", "0",
                "CONSUMER_ID_RETENTION", "a week",
                "CONSUMER_ADVERTISED_ADDRESS", "nowhere"));

    assertThatThrownBy(() -> ConsumerSettings.from(environment))
        .isInstanceOf(BadSettingsException.class)
        .hasMessageContaining("KAFKA_CLIENT_AUTO_OFFSET_RESET=latest: only earliest")
        .hasMessageContaining("KAFKA_CLIENT_ISOLATION_LEVEL=read_uncommitted")
        .hasMessageContaining("KAFKA_CLIENT_PROCESSING_GUARANTEE=at_least_once")
        .hasMessageContaining("KAFKA_CLIENT_GROUP_ID")
        .hasMessageContaining("CONSUMER_VALUE_DESERIALIZER=java.lang.String: must be a Kafka")
        .hasMessageContaining("CONSUMER_THREADS=0")
        .hasMessageContaining("CONSUMER_ID_RETENTION=a week")
        .hasMessageContaining("CONSUMER_ADVERTISED_ADDRESS=nowhere");
  }

  @Test
  void whatNoClientWouldTakeIsRefusedAtOnce() {
    Settings environment =
        new Settings(
            Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "localhost",
                "SCHEMA_REGISTRY_URL", "ftp://me:s3cret@x",
                "SCHEMA_REGISTRY_USER_INFO", "s3cret",
                "CONSUMER_APPLICATION_ID", "a b",
                "CONSUMER_INSTANCE", "a/b",
                "CONSUMER_TOPIC", "a b",
                "CONSUMER_DEAD_LETTER_TOPIC", "same",
                "CONSUMER_NOTIFICATION_TOPIC", "same",
                "CONSUMER_STATE_DIR", "a\0b",
                "CONSUMER_REPLAY_TOPIC", ".."));

    assertThatThrownBy(() -> ConsumerSettings.from(environment))
        .isInstanceOf(BadSettingsException.class)
        .hasMessageContainingAll(
            "KAFKA_BOOTSTRAP_SERVERS=localhost: must be host:port",
            "SCHEMA_REGISTRY_URL=ftp://***@x: not an http or https address",
            "SCHEMA_REGISTRY_USER_INFO=***: must be user:password",
            "CONSUMER_APPLICATION_ID=a b: must be 1 to 200",
            "CONSUMER_INSTANCE=a/b: must be",
            "CONSUMER_TOPIC=a b: must be",
            "must be four topics",
            "CONSUMER_STATE_DIR=");
  }

  @ParameterizedTest
  @CsvSource({
    "RETRIES, 0, retries",
    "PRODUCER_RETRIES, 0, retries",
    "MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 10, max.in.flight",
    "ACKS, 0, ACKS=0: only all",
    "PRODUCER_ENABLE_IDEMPOTENCE, false, IDEMPOTENCE=false: only true",
    "MAIN_CONSUMER_ISOLATION_LEVEL, read_uncommitted, only read_committed",
    "GROUP_PROTOCOL, consumer, GROUP_PROTOCOL",
    "FETCH_MAX_BYTES, many, FETCH_MAX_BYTES=many: ",
    "CONSUMER_FETCH_MAX_BYTES, many, CONSUMER_FETCH_MAX_BYTES=many: ",
    "MAX_REQUEST_SIZE, 100, MAX_REQUEST_SIZE=100: ",
    "INTERCEPTOR_CLASSES, no.such.C, INTERCEPTOR_CLASSES=no.such.C: ",
    "PRODUCER_METRIC_REPORTERS, no.such.C, PRODUCER_METRIC_REPORTERS=no.such.C: ",
    "PRODUCER_MAX_REQUEST_SIZE, 1, PRODUCER_MAX_REQUEST_SIZE=1: ",
    "BUFFER_MEMORY, 10, BUFFER_MEMORY=10: ",
    "NUM_STREAM_THREADS, 4, NUM_STREAM_THREADS: follows from CONSUMER_THREADS",
    "TRANSACTION_TIMEOUT_MS, 10, TRANSACTION_TIMEOUT_MS: follows from CONSUMER_SESSION_TIMEOUT",
    "DEFAULT_API_TIMEOUT_MS, 1000, default.api.timeout.ms",
    "TOPOLOGY_OPTIMIZATION, some, TOPOLOGY_OPTIMIZATION=some",
  })
  void propertiesWithWhichNoClientOrNoPromiseHoldsAreRefused(
      String property, String value, String said) {
    Settings environment = new Settings(Map.of("KAFKA_CLIENT_" + property, value));
    assertThatThrownBy(() -> ConsumerSettings.from(environment))
        .isInstanceOf(BadSettingsException.class)
        .hasMessageContaining(said);
  }

  @Test
  void protocolOfStreamsAndPropertiesOfOneClientAreTaken() {
    Settings environment =
        new Settings(
            Map.of(
                "KAFKA_CLIENT_GROUP_PROTOCOL", "streams",
                "KAFKA_CLIENT_PRODUCER_LINGER_MS", "5",
                "KAFKA_CLIENT_ENABLE_TRANSACTIONAL_STATESTORES", "false",
                "KAFKA_CLIENT_SASL_JAAS_CONFIG", "x required password=s3cret;"));
    ConsumerSettings settings = ConsumerSettings.from(environment);

    assertThat(settings.kafka()).containsEntry("sasl.jaas.config", "x required password=s3cret;");
    assertThat(environment.toString()).doesNotContain("s3cret");
  }

  @Test
  void advertisedAddressIsTheGivenOneOrWhereTheServerListens() {
    HostInfo given =
        ConsumerSettings.from(new Settings(Map.of("CONSUMER_ADVERTISED_ADDRESS", "b-1:9000")))
            .advertised();

    assertThat(Advertised.address(given, "0.0.0.0", 1)).isEqualTo(new HostInfo("b-1", 9000));
    assertThat(Advertised.address(null, "127.0.0.1", 1)).isEqualTo(new HostInfo("127.0.0.1", 1));
    assertThat(Advertised.address(null, "::1", 1)).isEqualTo(new HostInfo("::1", 1));
    for (String everywhere : List.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0")) {
      assertThat(Advertised.address(null, everywhere, 1).host())
          .doesNotMatch("0\\.0\\.0\\.0|[0:]+");
    }
  }

  @ParameterizedTest
  @CsvSource({"[2001:db8::7]:9000, 2001:db8::7", "b.example:9000, b.example"})
  void advertisedAddressMayBeAnyHost(String text, String host) {
    assertThat(
            ConsumerSettings.from(new Settings(Map.of("CONSUMER_ADVERTISED_ADDRESS", text)))
                .advertised())
        .isEqualTo(new HostInfo(host, 9000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"consumer_1:9000", "b:", ":9000", "b:99999999999", "b:70000", "b:0"})
  void anAddressThatNoUrlCanHaveIsRefused(String text) {
    Settings wrong = new Settings(Map.of("CONSUMER_ADVERTISED_ADDRESS", text));
    assertThatThrownBy(() -> ConsumerSettings.from(wrong))
        .isInstanceOf(BadSettingsException.class)
        .hasMessageContaining("CONSUMER_ADVERTISED_ADDRESS=" + text);
  }
}
