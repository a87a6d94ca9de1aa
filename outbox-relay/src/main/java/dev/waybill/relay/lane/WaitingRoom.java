package dev.waybill.relay.lane;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.relay.cursor.LaneCursor;
import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.source.OutboxRow;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates of a lane that wait because one of their events is refused: their later events
 * stay behind it, in order, and everybody else's flow. They are part of the cursor, so that rows
 * that it has passed without publishing them are found again.
 *
 * <p>Where there is no place left, an event is refused as it always was, by stopping the lane:
 * something is wrong with all of them then. What Kafka refuses is known only after the transaction
 * was sent; it is remembered here, so that the next reading of the page leaves it out.
 *
 * <p>They are tried again after 5 s doubling to 5 min, and at once when a person let an event pass:
 * such a one is quarantined and left out wherever its row is met again. Of one lane, hence of one
 * thread.
 */
final class WaitingRoom {
  static final int PLACES = 100;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LAST_PAUSE = Duration.ofMinutes(5);

  private final Map<String, WaitingAggregate> waiting = new LinkedHashMap<>();
  private final Set<UUID> quarantined = new LinkedHashSet<>();
  private final Map<UUID, LaneFailure> refusedByKafka = new HashMap<>();

  /** How often Kafka has refused each. */
  private final Map<UUID, Integer> refusals = new HashMap<>();

  private Duration pause = FIRST_PAUSE;
  private long nextTry;

  /** Those that wait in the cursor are tried at once. */
  WaitingRoom(long nowNanos) {
    this.nextTry = nowNanos;
  }

  /** Begins with what the cursor in Kafka says; null when there is none. */
  void open(@Nullable LaneCursor stored, long nowNanos) {
    List<UUID> passed = stored == null ? List.of() : stored.quarantined();
    if (!passed.equals(quarantined())) {
      goOn(nowNanos);
    }
    quarantined.clear();
    quarantined.addAll(passed);
    waiting.clear();
    if (stored != null) {
      stored.waiting().forEach(one -> waiting.put(one.aggregateId(), one));
    }
  }

  List<WaitingAggregate> list() {
    return List.copyOf(waiting.values());
  }

  /** The events that a person let pass. */
  List<UUID> quarantined() {
    return List.copyOf(quarantined);
  }

  /** Whether the row is never published, because a person let its event pass. */
  boolean leavesOut(OutboxRow row) {
    return quarantined.contains(row.eventId());
  }

  /** Those that wait, in the order to try them in: what Kafka refused most often comes last. */
  List<WaitingAggregate> toTry() {
    return waiting.values().stream()
        .sorted(Comparator.comparingInt(one -> refusals.getOrDefault(one.eventId(), 0)))
        .toList();
  }

  /** Whether the row waits behind another one; one with a lower seq does not, it came late. */
  boolean holds(OutboxRow row) {
    WaitingAggregate one = waiting.get(aggregate(row));
    return one != null && row.seq() >= one.firstSeq();
  }

  boolean hasPlaceFor(OutboxRow row) {
    return waiting.containsKey(aggregate(row)) || waiting.size() < PLACES;
  }

  /** From this row on, the aggregate waits. */
  void admit(OutboxRow row, LaneFailure refusal) {
    stand(row, refusal.kind().tag(), refusal.reason());
  }

  /** The aggregate has got as far as this row, and waits on. */
  void advance(WaitingAggregate one, OutboxRow row) {
    stand(row, one.cause(), one.reason());
  }

  private void stand(OutboxRow row, String cause, String reason) {
    String aggregate = aggregate(row);
    waiting.put(
        aggregate,
        new WaitingAggregate(aggregate, row.seq(), row.eventId(), row.occurredAt(), cause, reason));
  }

  /**
   * The database has another history: of those that wait, every row may be one that is not
   * published, whatever its seq.
   */
  void rewind() {
    waiting.replaceAll((aggregate, one) -> one.fromTheBeginning());
  }

  /** Nothing of the aggregate waits any more, unless it is admitted again. */
  void release(WaitingAggregate one) {
    waiting.remove(one.aggregateId());
    refusedByKafka.remove(one.eventId());
  }

  /** Why Kafka has refused the row before, or null when it has not. */
  @Nullable LaneFailure refusal(OutboxRow row) {
    return refusedByKafka.get(row.eventId());
  }

  /**
   * Remembers what Kafka has refused, if the aggregate can wait.
   *
   * @return whether it can; if not, the lane has to
   */
  boolean takes(OutboxRow row, LaneFailure refusal) {
    boolean takes = hasPlaceFor(row);
    if (takes) {
      refusedByKafka.put(row.eventId(), refusal);
      refusals.merge(row.eventId(), 1, Integer::sum);
    }
    return takes;
  }

  /**
   * Whether it is time to try; if so, the next time comes later. Who comes when nobody waits is
   * tried soon again.
   */
  boolean isDue(long nowNanos) {
    if (waiting.isEmpty()) {
      refusals.clear();
      pause = FIRST_PAUSE;
      nextTry = nowNanos + pause.toNanos();
    }
    if (waiting.isEmpty() || nowNanos - nextTry < 0) {
      return false;
    }
    nextTry = nowNanos + pause.toNanos();
    pause = pause.multipliedBy(2).compareTo(LAST_PAUSE) < 0 ? pause.multipliedBy(2) : LAST_PAUSE;
    return true;
  }

  /** Whether the aggregate waits as it did. */
  boolean has(WaitingAggregate one) {
    return one.equals(waiting.get(one.aggregateId()));
  }

  /** Whether the aggregate waits from just this row on. */
  boolean waitsFrom(OutboxRow row) {
    WaitingAggregate one = waiting.get(aggregate(row));
    return one != null && one.firstSeq() == row.seq();
  }

  /** There is more that can be published: the next try comes at once. */
  void goOn(long nowNanos) {
    pause = FIRST_PAUSE;
    nextTry = nowNanos;
  }

  private static String aggregate(OutboxRow row) {
    return new String(row.aggregateId(), UTF_8);
  }
}
