package dev.waybill.console.audit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The xor of a hash of each of some ids, as B's {@code /digests} has it: the first eight bytes of
 * the SHA-256 of an id's sixteen. Of one thread.
 */
final class Digest {
  private final MessageDigest sha;
  private long sum;
  private int count;

  Digest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  void add(UUID id) {
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    sum ^= ByteBuffer.wrap(sha.digest(bytes)).getLong();
    count++;
  }

  /** Adds what somebody else has counted. */
  void add(String hex, int howMany) {
    sum ^= Long.parseUnsignedLong(hex, 16);
    count += howMany;
  }

  int count() {
    return count;
  }

  boolean isSameAs(Digest other) {
    return count == other.count && sum == other.sum;
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(sum);
  }
}
