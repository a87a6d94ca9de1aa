package dev.waybill.relay.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** The meters of one lane. */
final class LaneMeters {
  final Counter events;
  final Counter bytes;
  final Counter retries;
  final Counter fenced;
  final Counter rewinds;
  final Timer pageRead;
  final Timer commit;

  LaneMeters(MeterRegistry registry, int lane) {
    String number = Integer.toString(lane);
    events = counter(registry, number, "events.published", "Events whose commit was acknowledged");
    bytes = counter(registry, number, "bytes.published", "Payload bytes of published events");
    retries = counter(registry, number, "retries", "Times the lane went back to its cursor");
    fenced = counter(registry, number, "fenced", "Times another owner fenced the lane");
    rewinds = counter(registry, number, "rewinds", "Times the database's history had changed");
    pageRead = timer(registry, number, "page.read", "One read of the outbox, also an empty one");
    commit =
        timer(registry, number, "commit", "One Kafka commit, the flush of its events included");
  }

  private static Counter counter(MeterRegistry registry, String lane, String name, String what) {
    return Counter.builder("waybill.relay." + name)
        .description(what)
        .tag("lane", lane)
        .register(registry);
  }

  private static Timer timer(MeterRegistry registry, String lane, String name, String what) {
    return Timer.builder("waybill.relay." + name)
        .description(what)
        .tag("lane", lane)
        .publishPercentileHistogram()
        .register(registry);
  }
}
