package dev.waybill.deduplication;

import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Says which event a record is. {@link EventHeaders} has what reads headers; anything else is a
 * function: {@code (key, parcel, headers, timestamp) -> Envelope.of(parcel.eventId())}.
 *
 * <p>The answer follows from the record alone, so that a copy of it, or the record read again, gets
 * the same. Used by several threads at once.
 *
 * @param <K> the record's key; null in a record that has none
 * @param <V> its value; null in a tombstone
 */
@FunctionalInterface
public interface EventIdentity<K, V> {

  /**
   * The event's id, and what else the record says of it.
   *
   * @param timestamp of the record, in milliseconds since 1970
   * @throws UnavailableException when something is away that this takes: the task fails and tries
   *     again
   * @throws RuntimeException when anything else fails, as does whatever else is thrown, checked or
   *     not: the record becomes a dead letter when it fails a second time
   */
  Envelope of(K key, V value, Headers headers, long timestamp);

  /**
   * When the event occurred; null when the record does not say. Asked for what takes effect, and
   * where an event whose id has no time in it may have been forgotten: without a time, the record's
   * timestamp counts there.
   */
  default @Nullable Instant time(K key, V value, Headers headers) {
    return null;
  }
}
