package dev.waybill.consumer.lag;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LagTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private static final TopicPartition ZERO = new TopicPartition("events", 0);
  private static final TopicPartition ONE = new TopicPartition("events", 1);

  @Test
  void ageIsThatOfTheOldestEventOfThePartitionsAskedFor() {
    Lag lag = new Lag(NOON, Map.of(ZERO, NOON.minusSeconds(5), ONE, NOON.minusSeconds(60)));

    assertThat(lag.age(at -> true, NOON)).isEqualTo(Duration.ofSeconds(60));
    assertThat(lag.age(ZERO::equals, NOON)).isEqualTo(Duration.ofSeconds(5));
    assertThat(lag.age(at -> false, NOON)).isZero();
  }

  @Test
  void ageGrowsBetweenLooksAndSilenceCountsAsAge() {
    Lag waiting = new Lag(NOON, Map.of(ZERO, NOON));
    Lag applied = new Lag(NOON, Map.of());

    assertThat(waiting.age(at -> true, NOON.plusSeconds(3))).isEqualTo(Duration.ofSeconds(3));
    assertThat(applied.age(at -> true, NOON.plusSeconds(3))).isZero();
    assertThat(applied.age(at -> true, NOON.plusSeconds(60))).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void eventFromTheFutureHasNoAge() {
    Lag lag = new Lag(NOON, Map.of(ZERO, NOON.plusSeconds(60)));

    assertThat(lag.age(at -> true, NOON)).isZero();
  }
}
