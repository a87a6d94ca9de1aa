package dev.waybill.deduplication;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;

/**
 * The keys of the id store. A letter says what kind of entry it is:
 *
 * <ul>
 *   <li>{@code i}, id: the event. An id of version 7 begins with its own time, so it sorts into
 *       that time's bucket wherever and whenever it arrives, and is looked up as it is
 *   <li>{@code f}, bucket of arrival, id: an event dated into the future of its record, so that it
 *       is forgotten after it arrived, not in the year that it claims
 *   <li>{@code c}: the clock
 * </ul>
 *
 * @param bucketMillis the width of a bucket of time
 */
record IdKeys(long bucketMillis) {
  static final Bytes CLOCK = Bytes.wrap(new byte[] {'c'});

  private static final byte ID = 'i';
  private static final byte FUTURE = 'f';

  /** Bytes before the id in a key of the second kind. */
  private static final int FUTURE_PREFIX = 1 + Long.BYTES;

  /** A 168th of the retention: an hour of a week. */
  static IdKeys forRetention(Duration retention) {
    return new IdKeys(Math.max(1, retention.toMillis() / 168));
  }

  long bucket(long millis) {
    return Math.max(0, millis) / bucketMillis;
  }

  static Bytes id(UUID id) {
    return Bytes.wrap(
        ByteBuffer.allocate(1 + 16)
            .put(ID)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array());
  }

  /** Sorts before every id of this bucket and behind those of the ones before. */
  Bytes idsFrom(long bucket) {
    return id(new UUID((bucket * bucketMillis) << 16, 0));
  }

  static Bytes future(long arrivalBucket, UUID id) {
    return Bytes.wrap(
        ByteBuffer.allocate(FUTURE_PREFIX + 16)
            .put(FUTURE)
            .putLong(arrivalBucket)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array());
  }

  static Bytes futureFrom(long arrivalBucket) {
    return future(arrivalBucket, new UUID(0, 0));
  }

  /** The key of the event that such an entry is about. */
  static Bytes idOfFuture(Bytes key) {
    ByteBuffer id = ByteBuffer.wrap(key.get(), FUTURE_PREFIX, 16);
    return id(new UUID(id.getLong(), id.getLong()));
  }
}
