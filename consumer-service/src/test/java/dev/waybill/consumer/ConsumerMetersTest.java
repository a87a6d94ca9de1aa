package dev.waybill.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deduplication.Decision;
import dev.waybill.deduplication.Reason;
import dev.waybill.runtime.Metrics;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsumerMetersTest {
  @Test
  void metricsHaveTheNamesOfThePage() {
    try (Metrics metrics = new Metrics()) {
      ConsumerMeters meters = new ConsumerMeters(metrics.registry());
      meters.decided(new Decision.Applied(3));
      meters.decided(new Decision.Replayed(0, true));
      meters.decided(new Decision.Stale(1, 2));
      meters.decided(new Decision.Late());
      meters.decided(new Decision.VersionTaken(1, 2));
      meters.decided(new Decision.DeadLettered(Reason.UNDECODABLE, ""));
      meters.applied(Duration.ofMillis(20));

      assertThat(metrics.registry().scrape())
          .contains("waybill_consumer_records_total{outcome=\"applied\"} 1.0")
          .contains("waybill_consumer_records_total{outcome=\"replayed\"} 1.0")
          .contains("waybill_consumer_records_total{outcome=\"duplicate\"} 0.0")
          .contains("waybill_consumer_records_total{outcome=\"stale\"} 1.0")
          .contains("waybill_consumer_records_total{outcome=\"conflict\"} 0.0")
          .contains("waybill_consumer_records_total{outcome=\"dead_letter\"} 1.0")
          .contains("waybill_consumer_records_total{outcome=\"late\"} 1.0")
          .contains("waybill_consumer_records_total{outcome=\"version_taken\"} 1.0")
          .contains("waybill_consumer_gaps_total 1.0")
          .contains("waybill_consumer_versions_skipped_total 3.0")
          .contains("waybill_consumer_latency_seconds_count 1");
    }
  }
}
