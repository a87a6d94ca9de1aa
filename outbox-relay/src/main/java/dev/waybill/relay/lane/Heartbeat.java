package dev.waybill.relay.lane;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/** When a consumer last sent a heartbeat, by its own metric. Thread-safe. */
record Heartbeat(Metric secondsAgo) {

  static Heartbeat of(Consumer<?, ?> consumer) {
    return new Heartbeat(
        consumer.metrics().values().stream()
            .filter(metric -> metric.metricName().name().equals("last-heartbeat-seconds-ago"))
            .findFirst()
            .orElseThrow());
  }

  /** How long none was sent; zero when none was due yet. */
  Duration silence() {
    double seconds = ((Number) secondsAgo.metricValue()).doubleValue();
    return Duration.ofMillis((long) (Math.max(0, seconds) * 1000));
  }
}
