package dev.waybill.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.relay.lane.LaneClients;
import dev.waybill.runtime.BadSettingsException;
import dev.waybill.runtime.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelaySettingsTest {

  @Test
  void nothingNeedsToBeSet() {
    RelaySettings settings = RelaySettings.from(new Settings(Map.of()));

    assertThat(settings.events().topic()).isEqualTo("orders.events");
    assertThat(settings.events().compactionLag()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.rewind()).isEqualTo(Duration.ofHours(24));
    assertThat(settings.http().port()).isEqualTo(8081);
  }

  @Test
  void oneMessageNamesEveryWrongSetting() {
    Map<String, String> environment =
        Map.ofEntries(
            Map.entry("DATABASE_URL", "mysql://localhost/orders"),
            Map.entry("SCHEMA_REGISTRY_URL", "localhost"),
            Map.entry("SCHEMA_REGISTRY_USER_INFO", "nobody"),
            Map.entry("RELAY_NAME", "a b"),
            Map.entry("RELAY_SOURCE", "not a uri"),
            Map.entry("RELAY_TOPIC", "a/b"),
            Map.entry("RELAY_TOPIC_REPLICATION_FACTOR", "0"),
            Map.entry("RELAY_PAGE_ROWS", "many"),
            Map.entry("RELAY_PAGE_BYTES", "1"),
            Map.entry("RELAY_POLL_INTERVAL_MAX", "20"),
            Map.entry("RELAY_REWIND", "-1h"),
            Map.entry("KAFKA_CLIENT_SECURITY_PROTOCOL", "MAGIC"));

    assertThatThrownBy(() -> RelaySettings.from(new Settings(environment)))
        .isInstanceOf(BadSettingsException.class)
        .satisfies(
            refusal ->
                assertThat(refusal.getMessage())
                    .contains(
                        "DATABASE_URL",
                        "SCHEMA_REGISTRY_URL",
                        "SCHEMA_REGISTRY_USER_INFO",
                        "RELAY_NAME=a b",
                        "RELAY_SOURCE",
                        "RELAY_TOPIC=a/b",
                        "RELAY_TOPIC_REPLICATION_FACTOR=0",
                        "RELAY_PAGE_ROWS=many: must be a whole number",
                        "RELAY_PAGE_BYTES",
                        "RELAY_POLL_INTERVAL_MAX",
                        "RELAY_REWIND",
                        "KAFKA_CLIENT_SECURITY_PROTOCOL=MAGIC: Invalid value MAGIC"));
  }

  @ParameterizedTest
  @CsvSource({"localhost", "localhost:notaport"})
  void bootstrapServersWithoutAPortAreRefused(String servers) {
    assertThatThrownBy(
            () -> RelaySettings.from(new Settings(Map.of("KAFKA_BOOTSTRAP_SERVERS", servers))))
        .hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS");
  }

  @Test
  void eventsAndCursorsInOneTopicAreRefused() {
    assertThatThrownBy(
            () -> RelaySettings.from(new Settings(Map.of("RELAY_CURSOR_TOPIC", "orders.events"))))
        .hasMessageContaining("RELAY_TOPIC and RELAY_CURSOR_TOPIC are the same");
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders.events", "waybill.cursors"})
  void deadLettersInOneOfTheOtherTopicsAreRefused(String topic) {
    assertThatThrownBy(
            () -> RelaySettings.from(new Settings(Map.of("RELAY_DEAD_LETTER_TOPIC", topic))))
        .hasMessageContaining("RELAY_DEAD_LETTER_TOPIC is the topic of");
  }

  @ParameterizedTest
  @CsvSource({
    "GROUP_PROTOCOL, consumer, GROUP_PROTOCOL=consumer: only classic",
    "RETRIES, 0, KAFKA_CLIENT_*",
    "MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 10, KAFKA_CLIENT_*",
    "ENABLE_IDEMPOTENCE, false, ENABLE_IDEMPOTENCE=false: only true",
    "ACKS, 1, ACKS=1: only all",
    "ISOLATION_LEVEL, read_uncommitted, ISOLATION_LEVEL=read_uncommitted: only read_committed",
    "COMPRESSION_TYPE, best, COMPRESSION_TYPE=best: ",
    "MAX_REQUEST_SIZE, 1m, MAX_REQUEST_SIZE=1m: ",
    "MAX_REQUEST_SIZE, 100, MAX_REQUEST_SIZE=100: ",
    "BUFFER_MEMORY, 10, BUFFER_MEMORY=10: ",
    "REQUEST_TIMEOUT_MS, 60000, KAFKA_CLIENT_*",
    "DEFAULT_API_TIMEOUT_MS, 1000, KAFKA_CLIENT_*",
    "TRANSACTION_TIMEOUT_MS, 1000, transaction.timeout.ms",
    "GROUP_ID, mine, GROUP_ID: follows from RELAY_NAME",
    "SESSION_TIMEOUT_MS, 1000, SESSION_TIMEOUT_MS: follows from RELAY_SESSION_TIMEOUT",
  })
  void propertiesWithWhichNoClientOrNoPromiseHoldsAreRefused(
      String property, String value, String said) {
    assertThatThrownBy(
            () -> RelaySettings.from(new Settings(Map.of("KAFKA_CLIENT_" + property, value))))
        .isInstanceOf(BadSettingsException.class)
        .hasMessageContaining(said);
  }

  @Test
  void recordsAreAsEveryClientReadsThemUnlessToldOtherwise() {
    assertThat(producer(Map.of())).containsEntry("compression.type", "none");
    assertThat(producer(Map.of("KAFKA_CLIENT_COMPRESSION_TYPE", "lz4")))
        .containsEntry("compression.type", "lz4");
  }

  private static Map<String, Object> producer(Map<String, String> environment) {
    return LaneClients.producer(
        RelaySettings.from(new Settings(environment)).kafka(), "relay-0-0", 0);
  }

  @Test
  void noPasswordIsEverShown() {
    Settings environment =
        new Settings(
            Map.of(
                "DATABASE_URL", "postgres://me:s3cret@db/orders",
                "SCHEMA_REGISTRY_URL", "http://me:s3cret@registry",
                "SCHEMA_REGISTRY_USER_INFO", "me:s3cret",
                "KAFKA_CLIENT_SASL_JAAS_CONFIG", "x required password=s3cret;"));
    RelaySettings settings = RelaySettings.from(environment);

    assertThat(environment.toString()).contains("@db/orders", "registry").doesNotContain("s3cret");
    assertThat(settings.database().login().password()).isEqualTo("s3cret");
    assertThat(settings.kafka()).containsEntry("sasl.jaas.config", "x required password=s3cret;");
  }

  @Test
  void tokenThatCouldBeGuessedIsRefusedAndNotSaid() {
    assertThat(RelaySettings.from(new Settings(Map.of())).actionToken()).isNull();
    String good = "0123456789abcdef";
    assertThat(RelaySettings.from(new Settings(Map.of("RELAY_ACTION_TOKEN", good))).actionToken())
        .isEqualTo(good);
    for (String bad : new String[] {"0123456789abcde", "0123456789 abcdef", "0123456789abcdéfg"}) {
      assertThatThrownBy(() -> RelaySettings.from(new Settings(Map.of("RELAY_ACTION_TOKEN", bad))))
          .isInstanceOf(BadSettingsException.class)
          .hasMessageContaining("RELAY_ACTION_TOKEN: must have")
          .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain(bad));
    }
  }
}
