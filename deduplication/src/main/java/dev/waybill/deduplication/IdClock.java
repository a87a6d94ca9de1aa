package dev.waybill.deduplication;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The id store's clock, of one partition: follows the events' own times, and never by more than one
 * bucket for one event. It lives in the store, so that whoever restores the store, or reads the
 * topic again, has the same time at the same event; a machine's clock would not. It is kept in
 * milliseconds, so that it stands where it stood when the retention, and with it the width of a
 * bucket, is another one.
 *
 * <p>An event has two times: its id's and its record's. Where they differ, a machine's clock is
 * wrong, that of who made the id or of who sent the record; the one nearer to the clock is
 * believed. Where both are ahead, one event moves it by one bucket, a 168th of the retention, and
 * the next honest one moves it back. Honest events may be one bucket apart without moving it.
 */
final class IdClock {
  private static final long UNSET = -1;
  private static final long UNREAD = -2;

  private final KeyValueStore<Bytes, byte[]> store;
  private final IdKeys keys;
  private long bucket = UNREAD;

  IdClock(KeyValueStore<Bytes, byte[]> store, IdKeys keys) {
    this.store = store;
    this.keys = keys;
  }

  /** The current bucket; -1 before the first event. */
  long bucket() {
    if (bucket == UNREAD) {
      byte[] stored = store.get(IdKeys.CLOCK);
      bucket = stored == null ? UNSET : keys.bucket(ByteBuffer.wrap(stored).getLong());
    }
    return bucket;
  }

  /**
   * Moves towards the bucket of an event; true when it moved.
   *
   * @param named what its id says
   * @param arrived what its record's timestamp says
   */
  boolean follow(long named, long arrived) {
    long next = next(bucket(), believed(named, arrived));
    if (next == bucket) {
      return false;
    }
    bucket = next;
    store.put(
        IdKeys.CLOCK, ByteBuffer.allocate(Long.BYTES).putLong(next * keys.bucketMillis()).array());
    return true;
  }

  /** What agrees better with the events before; the earlier one where there are none. */
  private long believed(long named, long arrived) {
    long byName = Math.abs(named - bucket);
    long byArrival = Math.abs(arrived - bucket);
    if (bucket == UNSET || byName == byArrival) {
      return Math.min(named, arrived);
    }
    return byName < byArrival ? named : arrived;
  }

  private static long next(long bucket, long eventBucket) {
    if (bucket == UNSET) {
      return eventBucket;
    }
    if (eventBucket > bucket) {
      return bucket + 1;
    }
    return eventBucket < bucket - 1 ? bucket - 1 : bucket;
  }
}
