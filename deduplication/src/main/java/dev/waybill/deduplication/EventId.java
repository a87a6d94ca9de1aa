package dev.waybill.deduplication;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Event ids: UUIDs of version 7, whose first 48 bits are milliseconds since 1970, and, where they
 * are welcome, any others.
 */
final class EventId {
  private static final int LENGTH = 36;

  private EventId() {}

  /** The UUID of version 7 in these 36 ASCII characters; null when they are anything else. */
  static @Nullable UUID parse(byte[] text) {
    UUID id = uuid(text);
    return id != null && hasTime(id) ? id : null;
  }

  /** The id that is any text: the UUID that it is, or else one of version 8 made of it. */
  static UUID of(byte[] text) {
    UUID id = uuid(text);
    return id != null ? id : named(text);
  }

  /** Whether there is a time in it. */
  static boolean hasTime(UUID id) {
    return id.version() == 7 && id.variant() == 2;
  }

  private static UUID named(byte[] text) {
    ContentDigest digest = new Digester().digest(text);
    return new UUID(
        (digest.high() & ~0xF000L) | 0x8000L, (digest.low() & ~(0b11L << 62)) | (0b10L << 62));
  }

  private static @Nullable UUID uuid(byte[] text) {
    if (text.length != LENGTH
        || text[8] != '-'
        || text[13] != '-'
        || text[18] != '-'
        || text[23] != '-') {
      return null;
    }
    long time = hex(text, 0, 8);
    long timeLow = hex(text, 9, 13);
    long version = hex(text, 14, 18);
    long variant = hex(text, 19, 23);
    long node = hex(text, 24, LENGTH);
    if ((time | timeLow | version | variant | node) < 0) {
      return null;
    }
    return new UUID(time << 32 | timeLow << 16 | version, variant << 48 | node);
  }

  static long millis(UUID id) {
    return id.getMostSignificantBits() >>> 16;
  }

  /** The number, or -1 when a character is no hexadecimal digit. */
  private static long hex(byte[] text, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] < 0 ? -1 : Character.digit(text[i], 16);
      if (digit < 0) {
        return -1;
      }
      number = number << 4 | digit;
    }
    return number;
  }
}
