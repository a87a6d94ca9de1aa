package dev.waybill.relay.watch;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.lane.LaneFailure;
import dev.waybill.relay.lane.RelayListener;
import dev.waybill.relay.source.OutboxRow;
import dev.waybill.relay.source.Page;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How each lane fares: what the log, the metrics and readiness say of it. Thread-safe. */
public final class LaneBoard implements RelayListener {
  private static final Logger log = LoggerFactory.getLogger(LaneBoard.class);

  private final MeterRegistry registry;
  private final Clock clock;
  private final Map<Integer, Known> lanes = new ConcurrentHashMap<>();

  /** A lane that there is, owned here or not. */
  private record Known(LaneState state, LaneMeters meters) {}

  /** Registers a lane's metrics when it is heard of. */
  public LaneBoard(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  @Override
  public void layout(int count) {
    for (int lane = 0; lane < count; lane++) {
      Known unused = known(lane);
    }
    for (int lane : Set.copyOf(lanes.keySet())) {
      Known gone = lane < count ? null : lanes.remove(lane);
      if (gone != null) {
        gone.meters.remove();
      }
    }
  }

  private Known known(int number) {
    return lanes.computeIfAbsent(
        number,
        lane -> {
          LaneState state = new LaneState(clock);
          return new Known(state, new LaneMeters(registry, lane, state));
        });
  }

  /** Why the lane is stuck, in words; empty when it is not, or not owned here. */
  public Optional<String> stuck(int lane, Duration after) {
    return Optional.ofNullable(lanes.get(lane)).flatMap(known -> known.state.stuck(after));
  }

  /**
   * All lanes that there are, lane 0 first.
   *
   * @param stuckAfter as {@link #stuck} has it
   */
  public List<LaneView> lanes(Duration stuckAfter) {
    return lanes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            lane ->
                lane.getValue()
                    .state
                    .view(lane.getKey(), (long) lane.getValue().meters.events.count(), stuckAfter))
        .toList();
  }

  @Override
  public void laneStarted(int lane, @Nullable Cursor cursor) {
    if (!known(lane).state.started(cursor)) {
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
    worksAgainIf(known(lane).state.read(page), lane);
    known(lane).meters.pageRead.record(took);
    if (page.rewound() != null) {
      known(lane).meters.rewinds.increment();
      log.error(
          "lane {} rewinds: {}. It publishes its retained rows again from RELAY_REWIND before its"
              + " last read; readers must drop the duplicates, as Waybill's consumer does",
          lane,
          page.rewound());
    }
  }

  @Override
  public void committed(int lane, Page page, Duration took) {
    worksAgainIf(known(lane).state.published(page), lane);
    LaneMeters meter = known(lane).meters;
    meter.commit.record(took);
    meter.events.increment(page.rows().size());
    meter.bytes.increment(page.rows().stream().mapToDouble(LaneBoard::bytes).sum());
  }

  @Override
  public void waiting(int lane, List<WaitingAggregate> aggregates) {
    List<WaitingAggregate> before = known(lane).state.waiting(aggregates);
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
    List<UUID> before = known(lane).state.quarantined(events);
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
    known(lane).meters.retries.increment();
    if (known(lane).state.troubled(failure)) {
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
    known(lane).meters.fenced.increment();
    log.warn(
        "lane {} was fenced: another instance owns it, a person let an event pass or changed the"
            + " lanes, or its transaction took too long; nothing was published twice",
        lane);
  }

  @Override
  public void laneStopped(int lane) {
    Known known = lanes.get(lane);
    if (known != null) {
      known.state.stopped();
      log.info("lane {} stopped", lane);
    }
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
