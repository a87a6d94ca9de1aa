package dev.waybill.deduplication;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;

/**
 * The keys of the id store. A letter says what kind of entry it is:
 *
 * <ul>
 *   <li>{@code i}, id: the event. An id of version 7 begins with its own time, so it sorts into
 *       that time's bucket wherever and whenever it arrives, and is looked up as it is
 *   <li>{@code l}, id, digest: other contents that came under that id and are dead letters
 *   <li>{@code a}, milliseconds of the bucket in which it was seen, id: an event dated into the
 *       future of its record and of the clock, so that it is forgotten after that, not in the year
 *       that it claims
 *   <li>{@code o}, id, and {@code d}, id, digest: the first two of ids that have no time in them
 *   <li>{@code r}, the milliseconds since when it is remembered, what follows the letter in one of
 *       these two keys: so that it is forgotten after that
 *   <li>{@code n}: the latest of these milliseconds that were forgotten
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
  static final Bytes FORGOTTEN_OTHERS = Bytes.wrap(new byte[] {'n'});
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
  private static final byte OTHER = 'o';
  private static final byte OTHER_LETTER = 'd';
  private static final byte OTHER_SINCE = 'r';
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

  /** Sorts before every event whose id is of this time or a later one, and behind all others. */
  static Bytes fromTime(long millis) {
    return id(new UUID(Math.max(0, millis) << 16, 0));
  }

  /** The id in the key of an event. */
  static UUID idOf(Bytes key) {
    return uuid(ByteBuffer.wrap(key.get(), 1, ID_BYTES));
  }

  Bytes future(long seenBucket, UUID id) {
    ByteBuffer key = ByteBuffer.allocate(FUTURE_PREFIX + ID_BYTES).put(FUTURE);
    return Bytes.wrap(put(key.putLong(seenBucket * bucketMillis), id).array());
  }

  Bytes futureFrom(long seenBucket) {
    return future(seenBucket, new UUID(0, 0));
  }

  /** The id in the key of an event dated ahead, of this or the earlier version. */
  static UUID idOfFuture(Bytes key) {
    return uuid(ByteBuffer.wrap(key.get(), FUTURE_PREFIX, ID_BYTES));
  }

  /** What such a key of the earlier version says of the arrival: a bucket. */
  static long arrivalBucket(Bytes key) {
    return ByteBuffer.wrap(key.get(), 1, Long.BYTES).getLong();
  }

  static Bytes other(UUID id) {
    return Bytes.wrap(put(ByteBuffer.allocate(1 + ID_BYTES).put(OTHER), id).array());
  }

  static Bytes otherLetter(UUID id, ContentDigest digest) {
    ByteBuffer key = ByteBuffer.allocate(1 + ID_BYTES + ContentDigest.BYTES).put(OTHER_LETTER);
    return Bytes.wrap(put(key, id).putLong(digest.high()).putLong(digest.low()).array());
  }

  /** Under which an entry of an id without a time is found when it is to be forgotten. */
  static Bytes otherSince(long millis, Bytes entry) {
    byte[] key = entry.get();
    ByteBuffer since = ByteBuffer.allocate(Long.BYTES + key.length);
    since.put(OTHER_SINCE).putLong(millis).put(key, 1, key.length - 1);
    return Bytes.wrap(since.array());
  }

  static Bytes otherSinceFrom(long millis) {
    return otherSince(millis, Bytes.wrap(new byte[1]));
  }

  /** The entry that such a key is of. */
  static Bytes entryOf(Bytes since) {
    byte[] key = Arrays.copyOfRange(since.get(), Long.BYTES, since.get().length);
    key[0] = key.length == 1 + ID_BYTES ? OTHER : OTHER_LETTER;
    return Bytes.wrap(key);
  }

  /** The milliseconds in such a key. */
  static long millisOf(Bytes since) {
    return ByteBuffer.wrap(since.get(), 1, Long.BYTES).getLong();
  }

  private static ByteBuffer put(ByteBuffer key, UUID id) {
    return key.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private static UUID uuid(ByteBuffer in) {
    return new UUID(in.getLong(), in.getLong());
  }
}
