package dev.waybill.outbox;

import dev.waybill.outbox.RejectedEventException.Reason;
import org.jspecify.annotations.Nullable;

/** Which texts PostgreSQL and Kafka can hold without changing them. */
final class Texts {
  private Texts() {}

  /**
   * Refuses a text that is missing, blank, longer than {@code maxBytes} in UTF-8, or malformed.
   *
   * @return its length in bytes of UTF-8
   */
  static int check(Reason reason, String what, @Nullable String text, int maxBytes) {
    if (text == null || text.isBlank()) {
      throw new RejectedEventException(
          reason, "the " + what + (text == null ? " is missing" : " is blank"));
    }
    int bytes = utf8Bytes(reason, what, text);
    if (bytes > maxBytes) {
      throw new RejectedEventException(
          reason, "the " + what + " has " + bytes + " bytes in UTF-8: at most " + maxBytes);
    }
    return bytes;
  }

  /** The length in UTF-8; refuses the null character and half a surrogate pair. */
  static int utf8Bytes(Reason reason, String what, String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new RejectedEventException(
            reason, "the " + what + " has a null character at " + i + ": PostgreSQL takes none");
      } else if (c < 0x80) {
        bytes += 1;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        throw new RejectedEventException(
            reason, "the " + what + " has half a surrogate pair at " + i + ": UTF-8 has none");
      }
    }
    return bytes;
  }
}
