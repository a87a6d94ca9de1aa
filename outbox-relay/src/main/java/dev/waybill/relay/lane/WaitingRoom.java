package dev.waybill.relay.lane;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.source.OutboxRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * <p>They are tried again after 5 s doubling to 5 min. Of one lane, hence of one thread.
 */
final class WaitingRoom {
  static final int PLACES = 100;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LAST_PAUSE = Duration.ofMinutes(5);

  private final Map<String, WaitingAggregate> waiting = new LinkedHashMap<>();
  private final Map<UUID, LaneFailure> refusedByKafka = new HashMap<>();
  private Duration pause = FIRST_PAUSE;
  private long nextTry;

  /** Those that wait in the cursor are tried at once. */
  WaitingRoom(long nowNanos) {
    this.nextTry = nowNanos;
  }

  /** Begins with what the cursor in Kafka says. */
  void open(List<WaitingAggregate> stored) {
    waiting.clear();
    stored.forEach(one -> waiting.put(one.aggregateId(), one));
  }

  List<WaitingAggregate> list() {
    return List.copyOf(waiting.values());
  }

  boolean holds(OutboxRow row) {
    return waiting.containsKey(aggregate(row));
  }

  boolean hasPlaceFor(OutboxRow row) {
    return holds(row) || waiting.size() < PLACES;
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
    }
    return takes;
  }

  /**
   * Whether it is time to try; if so, the next time comes later. Who comes when nobody waits is
   * tried soon again.
   */
  boolean isDue(long nowNanos) {
    if (waiting.isEmpty()) {
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

  private static String aggregate(OutboxRow row) {
    return new String(row.aggregateId(), UTF_8);
  }
}
