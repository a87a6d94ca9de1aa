package dev.waybill.relay.watch;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.lane.LaneFailure;
import dev.waybill.relay.lane.RelayListener;
import dev.waybill.relay.source.OutboxRow;
import dev.waybill.relay.source.Page;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How each lane fares: what the log, the metrics and readiness say of it. Thread-safe. */
public final class LaneBoard implements RelayListener {
  private static final Logger log = LoggerFactory.getLogger(LaneBoard.class);

  private final List<LaneState> lanes;
  private final List<LaneMeters> meters;

  /** Registers the metrics of all lanes, those that are not owned here among them. */
  public LaneBoard(int lanes, MeterRegistry registry, Clock clock) {
    this.lanes = IntStream.range(0, lanes).mapToObj(lane -> new LaneState(clock)).toList();
    this.meters =
        IntStream.range(0, lanes).mapToObj(lane -> new LaneMeters(registry, lane)).toList();
    for (int lane = 0; lane < lanes; lane++) {
      LaneState state = this.lanes.get(lane);
      for (LaneFailure.Kind kind : LaneFailure.Kind.values()) {
        Gauge.builder("waybill.relay.trouble", state, one -> one.isTroubledBy(kind) ? 1 : 0)
            .description("1 while the lane keeps its cursor and retries because of this")
            .tags(Tags.of("lane", Integer.toString(lane), "cause", kind.tag()))
            .register(registry);
      }
      Gauge.builder("waybill.relay.waiting.aggregates", state, LaneState::waitingAggregates)
          .description("Aggregates whose events wait because one of them is refused")
          .tags(Tags.of("lane", Integer.toString(lane)))
          .register(registry);
      Gauge.builder("waybill.relay.quarantined.events", state, LaneState::quarantinedEvents)
          .description(
              "Events of the lane that a person let pass, of which it knows the newest 100")
          .tags(Tags.of("lane", Integer.toString(lane)))
          .register(registry);
      Gauge.builder(
              "waybill.relay.oldest.unpublished.age", state, LaneState::oldestUnpublishedSeconds)
          .description(
              "Age of the oldest event not yet published; NaN: lane not owned, or not read yet")
          .baseUnit("seconds")
          .tags(Tags.of("lane", Integer.toString(lane)))
          .register(registry);
    }
  }

  /** Why the lane is stuck, in words; empty when it is not, or not owned here. */
  public Optional<String> stuck(int lane, Duration after) {
    return lanes.get(lane).stuck(after);
  }

  @Override
  public void laneStarted(int lane, @Nullable Cursor cursor) {
    if (!lanes.get(lane).started()) {
      return; // Its failure was said, and "works again" will be.
    }
    if (cursor == null) {
      log.info("lane {} has no cursor yet and begins with the first row", lane);
    } else {
      log.info("lane {} goes on from snapshot {}", lane, cursor.seen());
    }
  }

  @Override
  public void pageRead(int lane, Page page, Duration took) {
    worksAgainIf(lanes.get(lane).read(page), lane);
    meters.get(lane).pageRead.record(took);
    if (page.rewound() != null) {
      meters.get(lane).rewinds.increment();
      log.error(
          "lane {} rewinds: {}. It publishes its retained rows again from RELAY_REWIND before its"
              + " last read; readers must drop the duplicates, as Waybill's consumer does",
          lane,
          page.rewound());
    }
  }

  @Override
  public void committed(int lane, Page page, Duration took) {
    worksAgainIf(lanes.get(lane).published(page), lane);
    LaneMeters meter = meters.get(lane);
    meter.commit.record(took);
    meter.events.increment(page.rows().size());
    meter.bytes.increment(page.rows().stream().mapToDouble(LaneBoard::bytes).sum());
  }

  @Override
  public void waiting(int lane, List<WaitingAggregate> aggregates) {
    List<WaitingAggregate> before = lanes.get(lane).waiting(aggregates);
    Set<String> known = ids(before);
    aggregates.stream()
        .filter(one -> !known.contains(one.aggregateId()))
        .forEach(
            one ->
                log.error(
                    "lane {} leaves an event out: {}. Its later events wait behind it, others flow;"
                        + " it is tried again within 5 min",
                    lane,
                    one));
    Set<String> still = ids(aggregates);
    before.stream()
        .filter(one -> !still.contains(one.aggregateId()))
        .forEach(one -> log.info("lane {}: aggregate {} waits no more", lane, one.aggregateId()));
  }

  @Override
  public void quarantined(int lane, List<UUID> events) {
    List<UUID> before = lanes.get(lane).quarantined(events);
    List<UUID> news = events.stream().filter(one -> !before.contains(one)).toList();
    if (!news.isEmpty()) {
      log.warn(
          "lane {} never publishes these events, which a person let pass; the topic of dead letters"
              + " has them and says why: {}",
          lane,
          news);
    }
  }

  private static Set<String> ids(List<WaitingAggregate> aggregates) {
    return aggregates.stream().map(WaitingAggregate::aggregateId).collect(Collectors.toSet());
  }

  @Override
  public void laneRetries(int lane, LaneFailure failure, Duration pause) {
    meters.get(lane).retries.increment();
    if (lanes.get(lane).troubled(failure)) {
      if (failure.kind().needsAPerson()) {
        log.error(
            "lane {} stops at its cursor until this is put right, and then goes on by itself: {}",
            lane,
            failure.reason());
      } else {
        log.warn(
            "lane {} keeps its cursor and retries in {} ms, then less often: {}",
            lane,
            pause.toMillis(),
            failure.reason());
      }
    }
    log.debug("lane {} failed", lane, failure.cause());
  }

  @Override
  public void laneFenced(int lane) {
    meters.get(lane).fenced.increment();
    log.warn(
        "lane {} was fenced: another instance owns it, a person let an event pass, or its"
            + " transaction took too long; nothing was published twice",
        lane);
  }

  @Override
  public void laneStopped(int lane) {
    lanes.get(lane).stopped();
    log.info("lane {} stopped", lane);
  }

  private static void worksAgainIf(boolean recovered, int lane) {
    if (recovered) {
      log.info("lane {} works again", lane);
    }
  }

  private static double bytes(OutboxRow row) {
    byte[] payload = row.payload();
    return payload == null ? 0 : payload.length;
  }
}
