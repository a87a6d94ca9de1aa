package dev.waybill.deduplication;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the version store knows of one aggregate. Immutable.
 *
 * <p>Outstanding are the versions whose event became a dead letter and never took effect. They are
 * kept here and not only in the id store, which forgets: a replay counts once, however late. At
 * most {@value #MOST_OUTSTANDING} are kept, the newest ones.
 */
final class Versions {
  static final int MOST_OUTSTANDING = 1_000;
  static final Versions NONE = new Versions(0, 0, new long[0]);

  private static final byte FORMAT = 1;

  /** The highest version seen, applied or not; 0 before the first. */
  private final long last;

  /** The highest version applied; 0 before the first. */
  private final long applied;

  private final long[] outstanding;

  private Versions(long last, long applied, long[] outstanding) {
    this.last = last;
    this.applied = applied;
    this.outstanding = outstanding;
  }

  long last() {
    return last;
  }

  boolean newerApplied(long version) {
    return applied > version;
  }

  boolean isOutstanding(long version) {
    return outstanding.length > 0 && Arrays.binarySearch(outstanding, version) >= 0;
  }

  /** How many versions were never seen between the last and this one; 0 when it is not newer. */
  long skippedBy(long version) {
    return version > last ? version - last - 1 : 0;
  }

  Versions withApplied(long version) {
    return new Versions(
        Math.max(last, version),
        Math.max(applied, version),
        isOutstanding(version) ? without(version) : outstanding);
  }

  /** A dead letter that is no newer than the last version leaves everything as it was. */
  Versions withDeadLetter(long version) {
    if (version <= last) {
      return this;
    }
    int from = outstanding.length < MOST_OUTSTANDING ? 0 : 1;
    long[] more = Arrays.copyOfRange(outstanding, from, outstanding.length + 1);
    more[more.length - 1] = version;
    return new Versions(version, applied, more);
  }

  private long[] without(long version) {
    return Arrays.stream(outstanding).filter(other -> other != version).toArray();
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(1 + Long.BYTES * (2 + outstanding.length));
    out.put(FORMAT).putLong(last).putLong(applied);
    for (long version : outstanding) {
      out.putLong(version);
    }
    return out.array();
  }

  static Versions decode(byte @Nullable [] bytes) {
    if (bytes == null) {
      return NONE;
    }
    if (bytes[0] != FORMAT) {
      throw new IllegalStateException(
          "the version store holds format " + bytes[0] + ", which this version does not know");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    long last = in.getLong();
    long applied = in.getLong();
    long[] outstanding = new long[in.remaining() / Long.BYTES];
    in.asLongBuffer().get(outstanding);
    return new Versions(last, applied, outstanding);
  }
}
