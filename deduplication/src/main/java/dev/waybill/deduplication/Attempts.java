package dev.waybill.deduplication;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Which records failed by their own fault, and how often. One for all tasks of a deduplication in
 * this process: a task that is closed and made anew meets the same record again. What another
 * instance tries it counts itself. Thread-safe.
 */
final class Attempts {
  /** A record that failed so often becomes a dead letter when it comes again. */
  static final int MOST = 2;

  private static final int REMEMBERED = 10_000;
  private static final int MOST_CHARACTERS = 500;

  private final Map<Place, Failed> failed =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Failed> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Whether any record ever failed, so that where none did a look-up costs nothing. */
  private volatile boolean any;

  /** Where a record is. */
  record Place(String topic, int partition, long offset) {
    static Place of(RecordMetadata source) {
      return new Place(source.topic(), source.partition(), source.offset());
    }

    @Override
    public String toString() {
      return topic + "-" + partition + "@" + offset;
    }
  }

  /**
   * What is known of a record that failed.
   *
   * @param how of the last time, in words
   */
  record Failed(int times, String how) {
    boolean isHopeless() {
      return times >= MOST;
    }

    /** Whether a way is left to make a dead letter of it. */
    boolean canBecomeALetter() {
      return times <= MOST + 1;
    }

    /** Whether not even the dead letter could be made as usual. */
    boolean isBeyondMemory() {
      return times > MOST;
    }
  }

  /** Null for a record that never failed. */
  @Nullable Failed of(RecordMetadata source) {
    return any ? find(Place.of(source)) : null;
  }

  private synchronized @Nullable Failed find(Place place) {
    return failed.get(place);
  }

  synchronized Failed failed(Place place, Throwable failure) {
    any = true;
    return Objects.requireNonNull(
        failed.merge(
            place,
            new Failed(1, words(failure)),
            (before, now) -> new Failed(before.times() + 1, now.how())));
  }

  /** What was thrown first of all, and where. */
  static String words(Throwable failure) {
    Throwable root = Outages.causes(failure).reduce((outer, cause) -> cause).orElse(failure);
    String said = root.toString();
    String start = said.substring(0, Math.min(said.length(), MOST_CHARACTERS));
    StackTraceElement[] trace = root.getStackTrace();
    return trace.length == 0 ? start : start + " at " + trace[0];
  }
}
