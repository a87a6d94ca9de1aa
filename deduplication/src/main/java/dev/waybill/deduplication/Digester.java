package dev.waybill.deduplication;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Digests an event's content: key, type, version, and the value from where its content begins.
 * Other headers are not content: a trace, or what an operator's tool adds, may differ between
 * copies. Of one thread.
 */
final class Digester {
  private final MessageDigest sha256;
  private final ByteBuffer lengths = ByteBuffer.allocate(4 + 4 + 8 + 1);
  private final byte[] result = new byte[32];

  Digester() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  ContentDigest digest(byte[] key, byte[] type, long version, byte @Nullable [] value, int start) {
    lengths.clear().putInt(key.length).putInt(type.length).putLong(version);
    lengths.put((byte) (value == null ? 0 : 1));
    sha256.update(lengths.array());
    sha256.update(key);
    sha256.update(type);
    if (value != null) {
      sha256.update(value, start, value.length - start);
    }
    return result();
  }

  /** Of these bytes alone. */
  ContentDigest digest(byte[] bytes) {
    sha256.update(bytes);
    return result();
  }

  private ContentDigest result() {
    try {
      sha256.digest(result, 0, result.length);
    } catch (DigestException impossible) {
      throw new IllegalStateException("32 bytes hold a SHA-256", impossible);
    }
    ByteBuffer first = ByteBuffer.wrap(result);
    return new ContentDigest(first.getLong(), first.getLong());
  }
}
