package dev.waybill.deduplication;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the id store remembers of an event.
 *
 * @param reason why it is a dead letter; null when it was applied
 * @param version of the aggregate; 0 when the record did not say
 * @param replay whether what took effect or became the dead letter is a record of the topic of
 *     replays, and not of the topic of the events
 * @param partition of that topic
 * @param offset in that partition
 * @param at when that was, by this machine's clock
 * @param duplicates how many more records of the same content were dropped
 * @param digest of the content
 */
public record RememberedEvent(
    @Nullable Reason reason,
    long version,
    boolean replay,
    int partition,
    long offset,
    Instant at,
    int duplicates,
    ContentDigest digest) {

  private static final byte FORMAT = 1;
  private static final byte APPLIED = 0;
  private static final int BYTES = 1 + 1 + 8 + 4 + 8 + 8 + 4 + ContentDigest.BYTES;

  /** Whether it took effect; else it is a dead letter. */
  public boolean applied() {
    return reason == null;
  }

  RememberedEvent again() {
    int more = duplicates == Integer.MAX_VALUE ? duplicates : duplicates + 1;
    return new RememberedEvent(reason, version, replay, partition, offset, at, more, digest);
  }

  byte[] encode() {
    return ByteBuffer.allocate(BYTES)
        .put(FORMAT)
        .put(reason == null ? APPLIED : reason.code())
        .putLong(version)
        .putInt(replay ? ~partition : partition)
        .putLong(offset)
        .putLong(at.toEpochMilli())
        .putInt(duplicates)
        .putLong(digest.high())
        .putLong(digest.low())
        .array();
  }

  static RememberedEvent decode(byte[] bytes) {
    if (bytes.length != BYTES || bytes[0] != FORMAT) {
      throw new UnknownFormatException(
          "the id store holds what this version does not know: "
              + Arrays.toString(Arrays.copyOf(bytes, Math.min(bytes.length, BYTES))));
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 1, BYTES - 1);
    byte became = in.get();
    long version = in.getLong();
    int partition = in.getInt();
    return new RememberedEvent(
        became == APPLIED ? null : Reason.ofCode(became),
        version,
        partition < 0,
        partition < 0 ? ~partition : partition,
        in.getLong(),
        Instant.ofEpochMilli(in.getLong()),
        in.getInt(),
        new ContentDigest(in.getLong(), in.getLong()));
  }
}
