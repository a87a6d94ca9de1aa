package dev.waybill.consumer.lag;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LagTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void ageIsThatOfTheOldestEventOfThePartitionsAskedFor() {
    Lag lag = new Lag(NOON, Map.of(0, NOON.minusSeconds(5), 1, NOON.minusSeconds(60)));

    assertThat(lag.age(null, NOON)).isEqualTo(Duration.ofSeconds(60));
    assertThat(lag.age(List.of(0), NOON)).isEqualTo(Duration.ofSeconds(5));
    assertThat(lag.age(List.of(2), NOON)).isZero();
  }

  @Test
  void ageGrowsBetweenLooksAndSilenceCountsAsAge() {
    assertThat(new Lag(NOON, Map.of(0, NOON)).age(null, NOON.plusSeconds(3)))
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(new Lag(NOON, Map.of()).age(null, NOON.plusSeconds(3))).isZero();
    assertThat(new Lag(NOON, Map.of()).age(null, NOON.plusSeconds(60)))
        .isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void eventFromTheFutureHasNoAge() {
    assertThat(new Lag(NOON, Map.of(0, NOON.plusSeconds(60))).age(null, NOON)).isZero();
  }
}
