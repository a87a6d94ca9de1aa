package dev.waybill.relay.watch;

import dev.waybill.relay.lane.LaneFailure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters of one lane. */
final class LaneMeters {
  private final MeterRegistry registry;
  private final Tags tags;
  private final List<Meter> all = new ArrayList<>();
  final Counter events;
  final Counter bytes;
  final Counter retries;
  final Counter fenced;
  final Counter rewinds;
  final Timer pageRead;
  final Timer commit;

  LaneMeters(MeterRegistry registry, int lane, LaneState state) {
    this.registry = registry;
    this.tags = Tags.of("lane", Integer.toString(lane));
    events = counter("events.published", "Events whose commit was acknowledged");
    bytes = counter("bytes.published", "Payload bytes of published events");
    retries = counter("retries", "Times the lane went back to its cursor");
    fenced = counter("fenced", "Times another owner fenced the lane");
    rewinds = counter("rewinds", "Times the database's history had changed");
    pageRead = timer("page.read", "One read of the outbox, also an empty one");
    commit = timer("commit", "One Kafka commit, the flush of its events included");
    for (LaneFailure.Kind kind : LaneFailure.Kind.values()) {
      gauge(
          "trouble",
          "1 while the lane keeps its cursor and retries because of this",
          tags.and("cause", kind.tag()),
          null,
          state,
          one -> one.isTroubledBy(kind) ? 1 : 0);
    }
    gauge(
        "waiting.aggregates",
        "Aggregates whose events wait because one of them is refused",
        tags,
        null,
        state,
        LaneState::waitingAggregates);
    gauge(
        "quarantined.events",
        "Events of the lane that a person let pass, of which it knows the newest 100",
        tags,
        null,
        state,
        LaneState::quarantinedEvents);
    gauge(
        "oldest.unpublished.age",
        "Age of the oldest event not yet published; NaN: lane not owned, or not read yet",
        tags,
        "seconds",
        state,
        LaneState::oldestUnpublishedSeconds);
  }

  /** Of a lane that there is no more. */
  void remove() {
    all.forEach(registry::remove);
  }

  private Counter counter(String name, String what) {
    return added(Counter.builder(name(name)).description(what).tags(tags).register(registry));
  }

  private Timer timer(String name, String what) {
    return added(
        Timer.builder(name(name))
            .description(what)
            .tags(tags)
            .publishPercentileHistogram()
            .register(registry));
  }

  private void gauge(
      String name,
      String what,
      Tags of,
      @Nullable String unit,
      LaneState state,
      ToDoubleFunction<LaneState> value) {
    added(
        Gauge.builder(name(name), state, value)
            .description(what)
            .baseUnit(unit)
            .tags(of)
            .register(registry));
  }

  private static String name(String name) {
    return "waybill.relay." + name;
  }

  private <M extends Meter> M added(M meter) {
    all.add(meter);
    return meter;
  }
}
