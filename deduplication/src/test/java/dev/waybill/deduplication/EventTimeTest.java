package dev.waybill.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventTimeTest {
  @Test
  void timesInUtcAreReadAsJavaReadsThem() {
    for (String text :
        new String[] {
          "2026-11-24T09:00:00Z",
          "2026-11-24T23:59:59.1Z",
          "2024-02-29T00:00:00.123456Z",
          "1970-01-01T00:00:00.000000001Z",
        }) {
      assertThat(EventTime.parse(text.getBytes(UTF_8))).isEqualTo(Instant.parse(text));
    }
  }

  @Test
  void timesInOtherZonesAreReadToo() {
    assertThat(EventTime.parse("2026-11-24T09:00:00+05:45".getBytes(UTF_8)))
        .isEqualTo(Instant.parse("2026-11-24T03:15:00Z"));
  }

  @Test
  void anythingElseIsNoTime() {
    for (String text :
        new String[] {
          "",
          "noon",
          "2026-11-24",
          "2026-13-24T09:00:00Z",
          "2026-11-31T09:00:00Z",
          "2026-11-24T24:00:00Z",
          "2026-11-24T09:60:00Z",
          "2026-11-24T09:00:00",
          "2026-11-24T09:00:00.1234567890Z",
          "2026-11-24T09:00:00,5Z",
          "+999999999-12-31T23:59:59Z",
          "-999999999-01-01T00:00:00+18:00",
          "+10000-01-01T00:00:00Z",
          "-0001-12-31T23:59:59Z"
        }) {
      assertThat(EventTime.parse(text.getBytes(UTF_8))).as(text).isNull();
    }
  }
}
