package dev.waybill.consumer.http;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Counts the events that took effect and xors the hashes of their ids, by minute, partition and
 * bucket, so that two systems can compare what they have without sending it. The hash is the first
 * eight bytes of the SHA-256 of the id's sixteen; the bucket is its first byte modulo the number of
 * buckets. Of one thread.
 */
final class MinuteDigests {
  /** Every bucket. */
  static final int ALL = -1;

  private static final int MOST_IDS = 100_000;

  /** After so many events no further minute is begun. */
  static final int ENOUGH = 1_000_000;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Instant EARLIEST = Instant.EPOCH;

  /** UUIDs of version 7 have 48 bits for milliseconds. */
  private static final Instant LATEST = Instant.ofEpochMilli(1L << 48).minus(MINUTE);

  private final StoresView stores;
  private final Set<Integer> partitions;
  private final int buckets;
  private final int only;
  private final @Nullable List<UUID> ids;
  private final List<DigestRoute.DigestJson> digests = new ArrayList<>();
  private final MessageDigest sha = sha256();
  private final ByteBuffer id = ByteBuffer.allocate(2 * Long.BYTES);
  private long events;
  private boolean idsCut;

  /**
   * @param only the bucket that is looked at, or {@link #ALL}
   */
  MinuteDigests(
      StoresView stores, Set<Integer> partitions, int buckets, int only, boolean withIds) {
    this.stores = stores;
    this.only = only;
    this.partitions = partitions;
    this.buckets = buckets;
    this.ids = withIds ? new ArrayList<>() : null;
  }

  /** Whether it is a whole minute of those that an id can have. */
  static boolean isMinute(Instant instant) {
    return !instant.isBefore(EARLIEST)
        && instant.isBefore(LATEST)
        && instant.truncatedTo(ChronoUnit.MINUTES).equals(instant);
  }

  /** Reads minutes until it is enough; where to go on, null when it has read all. */
  @Nullable Instant read(Instant from, Instant to) {
    for (Instant minute = from; minute.isBefore(to); minute = minute.plus(MINUTE)) {
      if (events >= ENOUGH) {
        return minute;
      }
      for (int partition : partitions) {
        read(minute, partition);
      }
    }
    return null;
  }

  private void read(Instant minute, int partition) {
    long[] counts = new long[buckets];
    long[] hashes = new long[buckets];
    stores.applied(
        partition,
        minute,
        minute.plus(MINUTE),
        event -> {
          long hash = hash(event);
          int bucket = (int) ((hash >>> 56) % buckets);
          events++;
          if (only == ALL || only == bucket) {
            counts[bucket]++;
            hashes[bucket] ^= hash;
            note(event);
          }
          return true;
        });
    for (int bucket = 0; bucket < buckets; bucket++) {
      if (counts[bucket] > 0) {
        digests.add(
            new DigestRoute.DigestJson(
                minute,
                partition,
                bucket,
                counts[bucket],
                HexFormat.of().toHexDigits(hashes[bucket])));
      }
    }
  }

  private void note(UUID event) {
    if (ids != null && ids.size() < MOST_IDS) {
      ids.add(event);
    } else {
      idsCut |= ids != null;
    }
  }

  private long hash(UUID event) {
    id.clear();
    id.putLong(event.getMostSignificantBits()).putLong(event.getLeastSignificantBits());
    return ByteBuffer.wrap(sha.digest(id.array())).getLong();
  }

  List<DigestRoute.DigestJson> digests() {
    return digests;
  }

  /** Null unless they were asked for. */
  @Nullable List<UUID> ids() {
    return ids;
  }

  /** Whether there are more than these. */
  boolean areIdsCut() {
    return idsCut;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
