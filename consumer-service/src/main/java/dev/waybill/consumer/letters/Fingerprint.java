package dev.waybill.consumer.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Says which letters have one cause: a digest of the reason and of the detail, without what differs
 * from record to record: UUIDs, hexadecimal of some length, and numbers.
 */
final class Fingerprint {
  private static final int BYTES = 6;
  private static final int UUID_LENGTH = 36;
  private static final int SHORTEST_HEX = 6;

  private final String detail;
  private final StringBuilder same;
  private int at;

  private Fingerprint(String detail) {
    this.detail = detail;
    this.same = new StringBuilder(detail.length());
  }

  /** The fingerprint, 12 hexadecimal digits. */
  static String of(String reason, String detail) {
    String same = reason + "\n" + new Fingerprint(detail).withoutNames();
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(same.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  /** One pass, without patterns: there may be a hundred thousand letters. */
  private String withoutNames() {
    while (at < detail.length()) {
      if (!isWord(at)) {
        same.append(detail.charAt(at++));
      } else if (isUuid()) {
        same.append('*');
        at += UUID_LENGTH;
      } else {
        word();
      }
    }
    return same.toString();
  }

  private void word() {
    int end = at;
    while (isWord(end)) {
      end++;
    }
    if (isHex(at, end)) {
      same.append('*');
      at = end;
      return;
    }
    while (at < end) {
      if (isDigit(at)) {
        number();
        end = Math.max(end, at);
      } else {
        same.append(detail.charAt(at++));
      }
    }
  }

  /** Also 4,711, 12:30 and 1.5. */
  private void number() {
    while (isDigit(at) || (isSeparator(at) && isDigit(at + 1))) {
      at++;
    }
    same.append('*');
  }

  private boolean isUuid() {
    for (int i = 0; i < UUID_LENGTH; i++) {
      boolean isDash = i == 8 || i == 13 || i == 18 || i == 23;
      if (isDash ? !is(at + i, '-') : !isHexDigit(at + i)) {
        return false;
      }
    }
    return !isWord(at + UUID_LENGTH);
  }

  /** With a digit among so many characters, so that it is no word; or behind 0x. */
  private boolean isHex(int from, int to) {
    boolean isMarked = is(from, '0') && is(from + 1, 'x') && to > from + 2;
    boolean hasDigit = false;
    for (int i = isMarked ? from + 2 : from; i < to; i++) {
      if (!isHexDigit(i)) {
        return false;
      }
      hasDigit |= isDigit(i);
    }
    return isMarked || (hasDigit && to - from >= SHORTEST_HEX);
  }

  private boolean isWord(int index) {
    return index < detail.length() && Character.isLetterOrDigit(detail.charAt(index));
  }

  private boolean isDigit(int index) {
    return index < detail.length() && detail.charAt(index) >= '0' && detail.charAt(index) <= '9';
  }

  private boolean isHexDigit(int index) {
    return index < detail.length() && HexFormat.isHexDigit(detail.charAt(index));
  }

  private boolean isSeparator(int index) {
    return is(index, '.') || is(index, ',') || is(index, ':');
  }

  private boolean is(int index, char character) {
    return index < detail.length() && detail.charAt(index) == character;
  }
}
