package dev.waybill.producer.http;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts what was asked for and what was committed. */
final class OrderMeters {
  private final MeterRegistry registry;

  OrderMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A request was answered. Paths nobody serves are one route, {@code none}. */
  void answered(Context request, float millis) {
    Endpoint endpoint = request.endpoints().matchedHttpEndpoint();
    Timer.builder("waybill.producer.requests")
        .description("Requests, from their first byte to the answer")
        .tag("method", endpoint == null ? "any" : request.method().name())
        .tag("route", endpoint == null ? "none" : endpoint.path)
        .tag("status", Integer.toString(request.statusCode()))
        .publishPercentileHistogram()
        .maximumExpectedValue(Duration.ofSeconds(30))
        .register(registry)
        .record(Duration.ofNanos((long) (millis * 1_000_000)));
  }

  /** An event was appended and committed. */
  void appended(String eventType) {
    Counter.builder("waybill.producer.events")
        .description("Events appended to the outbox and committed")
        .tag("type", eventType)
        .register(registry)
        .increment();
  }
}
