package dev.waybill.console.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class MeasuredTest {
  private static final Instant NOW = Instant.parse("2026-11-28T07:00:00Z");

  private final Measured page =
      new Measured(
          """
          # HELP waybill_consumer_records_total records by decision
          # TYPE waybill_consumer_records_total counter
          waybill_consumer_records_total{outcome="applied"} 1.2E3
          waybill_consumer_records_total{outcome="duplicate"} 7.0
          waybill_consumer_dead_letters_open NaN
          waybill_consumer_oldest_unapplied_age_seconds{a="1"} 0.5
          waybill_consumer_oldest_unapplied_age_seconds{a="2"} 12.25
          jvm_threads_live_threads 40.0
          waybill_broken{ 1
          """);

  private final Rates rates = new Rates();

  @Test
  void valuesAreFoundByNameAndLabel() {
    assertThat(page.sum("waybill_consumer_records_total", "outcome=\"applied\"")).isEqualTo(1_200);
    assertThat(page.sum("waybill_consumer_records_total", "")).isEqualTo(1_207);
    assertThat(page.max("waybill_consumer_oldest_unapplied_age_seconds")).hasValue(12.25);
  }

  @Test
  void whatIsNotANumberIsNotKnown() {
    assertThat(page.max("waybill_consumer_dead_letters_open")).isEmpty();
    assertThat(page.max("waybill_nothing")).isEmpty();
  }

  @Test
  void aRateNeedsTwoLooksAndForgetsWhatBeganAnew() {
    assertThat(rates.of("a", 100, NOW)).isNegative();
    assertThat(rates.of("a", 150, NOW.plusSeconds(5))).isEqualTo(10);
    assertThat(rates.of("a", 3, NOW.plusSeconds(6))).as("began anew").isNegative();
    assertThat(rates.of("a", 23, NOW.plusSeconds(8))).isEqualTo(10);
  }

  @Test
  void aRateIsOfTheLastSeconds() {
    for (int second = 0; second <= 60; second++) {
      double unused =
          rates.of("a", second < 30 ? second * 1_000.0 : 30_000, NOW.plusSeconds(second));
    }
    assertThat(rates.of("a", 30_000, NOW.plusSeconds(61))).isZero();
  }
}
