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
 *   <li>{@code l}, id, digest: other contents that came under that id and are dead letters
 *   <li>{@code a}, milliseconds of the bucket of arrival, id: an event dated into the future of its
 *       record, so that it is forgotten after it arrived, not in the year that it claims
 *   <li>{@code t}: the clock
 *   <li>{@code m}: the latest id that was forgotten
 * </ul>
 *
 * <p>{@code f} and {@code c} are the third and the fourth as an earlier version had them: in
 * buckets, whose width follows from the retention.
 *
 * @param bucketMillis the width of a bucket of time
 */
record IdKeys(long bucketMillis) {
  static final Bytes CLOCK = Bytes.wrap(new byte[] {'t'});
  static final Bytes FORGOTTEN = Bytes.wrap(new byte[] {'m'});
  static final Bytes CLOCK_IN_BUCKETS = Bytes.wrap(new byte[] {'c'});
  static final Bytes FUTURES_IN_BUCKETS = Bytes.wrap(new byte[] {'f'});

  /** Sorts behind the last of them. */
  static final Bytes FUTURES_IN_BUCKETS_END = Bytes.wrap(new byte[] {'f' + 1});

  /** What entries are about that sort by an event's id. */
  enum ById {
    EVENT('i'),
    LETTER('l');

    private final byte kind;

    ById(char kind) {
      this.kind = (byte) kind;
    }
  }

  private static final byte FUTURE = 'a';
  private static final int ID_BYTES = 16;

  /** Bytes before the id in a key of an event dated ahead. */
  private static final int FUTURE_PREFIX = 1 + Long.BYTES;

  /** A 168th of the retention: an hour of a week. */
  static IdKeys forRetention(Duration retention) {
    return new IdKeys(Math.max(1, retention.toMillis() / 168));
  }

  long bucket(long millis) {
    return Math.max(0, millis) / bucketMillis;
  }

  static Bytes id(UUID id) {
    return Bytes.wrap(put(ByteBuffer.allocate(1 + ID_BYTES).put(ById.EVENT.kind), id).array());
  }

  static Bytes letter(UUID id, ContentDigest digest) {
    ByteBuffer key = ByteBuffer.allocate(1 + ID_BYTES + ContentDigest.BYTES);
    put(key.put(ById.LETTER.kind), id).putLong(digest.high()).putLong(digest.low());
    return Bytes.wrap(key.array());
  }

  /** Sorts before every entry of this bucket and behind those of the ones before. */
  Bytes from(ById kind, long bucket) {
    UUID first = new UUID((bucket * bucketMillis) << 16, 0);
    return Bytes.wrap(put(ByteBuffer.allocate(1 + ID_BYTES).put(kind.kind), first).array());
  }

  Bytes future(long arrivalBucket, UUID id) {
    ByteBuffer key = ByteBuffer.allocate(FUTURE_PREFIX + ID_BYTES).put(FUTURE);
    return Bytes.wrap(put(key.putLong(arrivalBucket * bucketMillis), id).array());
  }

  Bytes futureFrom(long arrivalBucket) {
    return future(arrivalBucket, new UUID(0, 0));
  }

  /** The id in the key of an event dated ahead, of this or the earlier version. */
  static UUID idOfFuture(Bytes key) {
    return uuid(ByteBuffer.wrap(key.get(), FUTURE_PREFIX, ID_BYTES));
  }

  /** What such a key of the earlier version says of the arrival: a bucket. */
  static long arrivalBucket(Bytes key) {
    return ByteBuffer.wrap(key.get(), 1, Long.BYTES).getLong();
  }

  private static ByteBuffer put(ByteBuffer key, UUID id) {
    return key.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private static UUID uuid(ByteBuffer in) {
    return new UUID(in.getLong(), in.getLong());
  }
}
