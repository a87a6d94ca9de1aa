package dev.waybill.deduplication;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the version store knows of one aggregate. Immutable.
 *
 * <p>It goes by what was applied, never by what a record that cannot be used claims: a dead letter
 * moves nothing. Versions below the last that never took effect are {@link Missing}, kept here and
 * not only in the id store, which forgets: whatever comes late counts once, however late.
 */
final class Versions {
  /** Dead letters above the last version of which is remembered that they make no gap. */
  static final int MOST_LETTERS = 100;

  static final Versions NONE = new Versions(0, Missing.NONE, new long[0]);

  private static final byte FIRST_FORMAT = 1;
  private static final byte FORMAT = 2;

  /** The highest version applied; 0 before the first. */
  private final long last;

  private final Missing missing;

  /** Above the last, in ascending order. */
  private final long[] letters;

  private Versions(long last, Missing missing, long[] letters) {
    this.last = last;
    this.missing = missing;
    this.letters = letters;
  }

  long last() {
    return last;
  }

  /** Whether this version is not above the last, and never took effect. */
  boolean isMissing(long version) {
    return missing.contains(version);
  }

  /**
   * How many versions between the last and this one were neither seen nor became dead letters; 0
   * when it is not newer.
   */
  long skippedBy(long version) {
    long between = version > last ? version - last - 1 : 0;
    return between - Arrays.stream(letters).filter(letter -> letter < version).count();
  }

  Versions withApplied(long version) {
    return version > last
        ? new Versions(
            version,
            missing.and(last + 1, version - 1),
            Arrays.stream(letters).filter(letter -> letter > version).toArray())
        : new Versions(last, missing.without(version), letters);
  }

  /** One that is no newer than the last version, or one too many, leaves everything as it was. */
  Versions withDeadLetter(long version) {
    if (version <= last
        || letters.length == MOST_LETTERS
        || Arrays.binarySearch(letters, version) >= 0) {
      return this;
    }
    long[] more = Arrays.copyOf(letters, letters.length + 1);
    more[letters.length] = version;
    Arrays.sort(more);
    return new Versions(last, missing, more);
  }

  /** For people and programs that ask. */
  AggregateVersions shown() {
    return new AggregateVersions(last, missing.ranges(), Arrays.stream(letters).boxed().toList());
  }

  byte[] encode() {
    ByteBuffer out =
        ByteBuffer.allocate(1 + Long.BYTES + missing.bytes() + Long.BYTES * letters.length);
    out.put(FORMAT).putLong(last);
    missing.writeTo(out);
    put(out, letters);
    return out.array();
  }

  static Versions decode(byte @Nullable [] bytes) {
    if (bytes == null) {
      return NONE;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    return switch (bytes[0]) {
      case FIRST_FORMAT -> firstFormat(in.getLong(), in.getLong(), rest(in));
      case FORMAT -> new Versions(in.getLong(), Missing.readFrom(in), rest(in));
      default ->
          throw new UnknownFormatException(
              "the version store holds format " + bytes[0] + ", which this version does not know");
    };
  }

  /** There, dead letters counted as seen, and only theirs were kept of the versions skipped. */
  private static Versions firstFormat(long seen, long applied, long[] outstanding) {
    Missing missing = Missing.NONE;
    for (long version : outstanding) {
      missing = version < applied ? missing.and(version, version) : missing;
    }
    return new Versions(
        applied,
        missing,
        Arrays.stream(outstanding)
            .filter(version -> version > applied && version <= seen)
            .limit(MOST_LETTERS)
            .toArray());
  }

  private static long[] rest(ByteBuffer in) {
    long[] rest = new long[in.remaining() / Long.BYTES];
    in.asLongBuffer().get(rest);
    return rest;
  }

  private static void put(ByteBuffer out, long[] numbers) {
    for (long number : numbers) {
      out.putLong(number);
    }
  }
}
