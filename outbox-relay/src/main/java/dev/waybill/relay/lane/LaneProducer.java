package dev.waybill.relay.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;

/** A producer and its metrics, which end together. */
record LaneProducer(Producer<byte[], byte[]> kafka, KafkaClientMetrics metrics) {

  static LaneProducer of(Producer<byte[], byte[]> kafka, MeterRegistry registry) {
    KafkaClientMetrics metrics = new KafkaClientMetrics(kafka);
    metrics.bindTo(registry);
    return new LaneProducer(kafka, metrics);
  }

  /** Drops what was not sent. Returns at once. */
  void close() {
    metrics.close();
    kafka.close(Duration.ZERO);
  }
}
