package dev.waybill.relay.topic;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
  @ParameterizedTest
  @CsvSource({
    "2026-01-31T12:00:00.123456Z, 2026-01-31T12:00:00.123456Z",
    "2026-12-01T00:00:00Z, 2026-12-01T00:00:00.000000Z",
    "1970-01-01T09:08:07.000001Z, 1970-01-01T09:08:07.000001Z",
    "1969-12-31T23:59:59.9Z, 1969-12-31T23:59:59.900000Z",
    "0000-01-01T00:00:00Z, 0000-01-01T00:00:00.000000Z",
    "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z",
  })
  void hasSixDigitsOfTheSecond(Instant time, String text) {
    assertThat(new String(Times.text(time), US_ASCII)).isEqualTo(text);
  }

  @Test
  void isReadBackAsTheSameTime() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long end = LocalDateTime.of(9999, 12, 31, 23, 59).toEpochSecond(ZoneOffset.UTC);
    for (int i = 0; i < 10_000; i++) {
      Instant time =
          Instant.ofEpochSecond((long) (random.nextDouble() * end), random.nextInt(1_000_000_000))
              .truncatedTo(ChronoUnit.MICROS);
      assertThat(Instant.parse(new String(Times.text(time), US_ASCII)))
          .as("%s", seed)
          .isEqualTo(time);
    }
  }
}
