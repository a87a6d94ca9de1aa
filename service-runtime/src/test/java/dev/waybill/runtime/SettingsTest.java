package dev.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @Test
  void absentAndEmptyVariablesYieldTheDefault() {
    Settings settings = new Settings(Map.of("EMPTY", ""));
    assertThat(settings.text("EMPTY", "default")).isEqualTo("default");
    assertThat(settings.integer("ABSENT", 5, 1, 9)).isEqualTo(5);
    assertThat(settings.optional("EMPTY")).isNull();
    settings.verify();
  }

  @Test
  void oneMessageNamesEveryWrongSetting() {
    Settings settings =
        new Settings(
            Map.of("PORT", "seventy", "LANES", "0", "PAUSE", "5 minutes", "VERBOSE", "yes"));
    settings.integer("PORT", 80, 0, 65535);
    settings.integer("LANES", 4, 1, 100);
    settings.duration("PAUSE", Duration.ofSeconds(1), Duration.ZERO, Duration.ofDays(1));
    settings.flag("VERBOSE", false);
    settings.required("URL");
    settings.reject("LANES and PORT do not go together");

    assertThatThrownBy(settings::verify)
        .isInstanceOf(BadSettingsException.class)
        .hasMessageContainingAll(
            "PORT=seventy: must be a whole number",
            "LANES=0: must be from 1 to 100",
            "PAUSE=5 minutes: must be a number with ms, s, m, h or d",
            "VERBOSE=yes: must be true or false",
            "URL is not set",
            "LANES and PORT do not go together");
  }

  @Test
  void digitsOfOtherScriptsAreNoNumber() {
    Settings settings = new Settings(Map.of("LANES", "\u0661\u0662"));
    settings.integer("LANES", 4, 1, 100);
    assertThatThrownBy(settings::verify).hasMessageContaining(": must be a whole number");
  }

  @ParameterizedTest
  @CsvSource({"250ms, PT0.25S", "30s, PT30S", "5m, PT5M", "24h, PT24H", "7d, PT168H"})
  void durationsCarryTheirUnit(String text, Duration expected) {
    Settings settings = new Settings(Map.of("PAUSE", text));
    assertThat(settings.duration("PAUSE", Duration.ZERO, Duration.ZERO, Duration.ofDays(30)))
        .isEqualTo(expected);
    settings.verify();
  }

  @Test
  void durationsOutOfRangeAreRefused() {
    Settings settings = new Settings(Map.of("PAUSE", "31d"));
    settings.duration("PAUSE", Duration.ZERO, Duration.ZERO, Duration.ofDays(30));
    assertThatThrownBy(settings::verify).hasMessageContaining("PAUSE=31d");
  }

  @Test
  void flagsAreReadWithoutTheLocale() {
    Settings settings = new Settings(Map.of("A", "TRUE", "B", "FALSE"));
    assertThat(settings.flag("A", false)).isTrue();
    assertThat(settings.flag("B", true)).isFalse();
    settings.verify();
  }

  @Test
  void variablesWithAPrefixAreClientProperties() {
    Settings settings =
        new Settings(
            Map.of("KAFKA_CLIENT_SSL_KEYSTORE_LOCATION", "/k", "KAFKA_CLIENT_", "x", "OTHER", "y"));
    assertThat(settings.properties("KAFKA_CLIENT_"))
        .containsExactly(Map.entry("ssl.keystore.location", "/k"));
  }

  @Test
  void variablesThatNobodyReadsAreNamedInOneWarning() {
    Settings settings =
        new Settings(
            Map.of(
                "RELAY_NAME", "a",
                "RELAY_NAMES", "s3cret",
                "RELAY_EMPTY", "",
                "RELAY_PORT_8081_TCP_ADDR", "10.0.0.1",
                "RELAY_SERVICE_HOST", "10.0.0.1",
                "OTHER", "b"));
    settings.name("RELAY_NAME", "waybill");

    assertThat(Said.by(Settings.class, () -> settings.warnOfIgnored(List.of("K_C"), "RELAY_")))
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("nobody reads these variables: K_C, RELAY_NAMES");
    assertThat(Said.by(Settings.class, () -> settings.warnOfIgnored(List.of(), "OF_NOBODY_")))
        .isEmpty();
  }
}
