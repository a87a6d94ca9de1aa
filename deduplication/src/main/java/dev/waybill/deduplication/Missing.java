package dev.waybill.deduplication;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Versions of one aggregate that were skipped, as ranges in ascending order that do not touch. At
 * most {@value #MOST} ranges are kept, the newest; what is older counts as taken. Immutable.
 */
final class Missing {
  static final int MOST = 100;
  static final Missing NONE = new Missing(new long[0]);

  /** First and last of each range, both of them missing. */
  private final long[] bounds;

  private Missing(long[] bounds) {
    this.bounds = bounds;
  }

  boolean contains(long version) {
    int range = rangeUpTo(version);
    return range >= 0 && version <= bounds[range + 1];
  }

  /** With a range behind all others; without a change when it is empty. */
  Missing and(long first, long last) {
    if (first > last) {
      return this;
    }
    long[] more = Arrays.copyOf(bounds, bounds.length + 2);
    more[bounds.length] = first;
    more[bounds.length + 1] = last;
    return newest(more);
  }

  Missing without(long version) {
    int range = rangeUpTo(version);
    if (range < 0 || version > bounds[range + 1]) {
      return this;
    }
    ByteBuffer kept = ByteBuffer.allocate(Long.BYTES * (bounds.length + 2));
    for (int i = 0; i < bounds.length; i += 2) {
      if (i == range) {
        put(kept, bounds[i], version - 1);
        put(kept, version + 1, bounds[i + 1]);
      } else {
        put(kept, bounds[i], bounds[i + 1]);
      }
    }
    long[] rest = new long[kept.flip().remaining() / Long.BYTES];
    kept.asLongBuffer().get(rest);
    return newest(rest);
  }

  private static void put(ByteBuffer ranges, long first, long last) {
    if (first <= last) {
      ranges.putLong(first).putLong(last);
    }
  }

  private static Missing newest(long[] bounds) {
    return new Missing(
        Arrays.copyOfRange(bounds, Math.max(0, bounds.length - 2 * MOST), bounds.length));
  }

  /** Where the last range begins that does not begin behind this version; negative for none. */
  private int rangeUpTo(long version) {
    int range = bounds.length - 2;
    while (range >= 0 && bounds[range] > version) {
      range -= 2;
    }
    return range;
  }

  List<AggregateVersions.Range> ranges() {
    List<AggregateVersions.Range> ranges = new ArrayList<>();
    for (int i = 0; i < bounds.length; i += 2) {
      ranges.add(new AggregateVersions.Range(bounds[i], bounds[i + 1]));
    }
    return ranges;
  }

  int bytes() {
    return 1 + Long.BYTES * bounds.length;
  }

  /** How many ranges, a byte, then their bounds. */
  void writeTo(ByteBuffer out) {
    out.put((byte) (bounds.length / 2));
    for (long bound : bounds) {
      out.putLong(bound);
    }
  }

  static Missing readFrom(ByteBuffer in) {
    long[] bounds = new long[2 * in.get()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = in.getLong();
    }
    return new Missing(bounds);
  }
}
