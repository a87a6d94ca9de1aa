package dev.waybill.consumer.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Says which letters have one cause: a digest of the reason and of the detail, without what differs
 * from record to record.
 */
final class Fingerprint {
  private static final int BYTES = 6;

  /** Ids, places in topics, and hexadecimal of some length; they hold letters. */
  private static final Pattern NAMES =
      Pattern.compile(
          "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
              + "|[a-zA-Z0-9._-]{1,249}-[0-9]{1,9}@[0-9]{1,18}"
              + "|\\b0x[0-9a-fA-F]+"
              + "|\\b(?=[a-fA-F]*[0-9])[0-9a-fA-F]{6,}\\b");

  private static final Pattern NUMBERS = Pattern.compile("-?[0-9]+(?:[.,:][0-9]+)*");

  private Fingerprint() {}

  /** The fingerprint, 12 hexadecimal digits. */
  static String of(String reason, String detail) {
    String same = NAMES.matcher(detail).replaceAll("*");
    same = NUMBERS.matcher(same).replaceAll("#");
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest((reason + "\n" + same).getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
