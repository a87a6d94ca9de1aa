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
  @ValueSource(strings = {"consumer_1:9000", "b:", ":9000", "b:99999999999"})
  void anAddressThatNoUrlCanHaveIsRefused(String text) {
    Settings wrong = new Settings(Map.of("CONSUMER_ADVERTISED_ADDRESS", text));
    assertThatThrownBy(() -> ConsumerSettings.from(wrong))
        .isInstanceOf(BadSettingsException.class)
        .hasMessageContaining("CONSUMER_ADVERTISED_ADDRESS=" + text);
  }
}
