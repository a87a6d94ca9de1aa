package dev.waybill.relay.topic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Times as RFC 3339 has them, in UTC with six digits of a second's fraction: {@code
 * 2026-01-31T12:00:00.123456Z}. {@link Instant#toString} costs as much as all other headers of a
 * record together.
 */
final class Times {
  private static final byte[] FORM = "0000-00-00T00:00:00.000000Z".getBytes(US_ASCII);

  private Times() {}

  /** The ASCII text of a time in the years 0 to 9999, outside which RFC 3339 has none. */
  static byte[] text(Instant time) {
    LocalDateTime utc =
        LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
    byte[] text = FORM.clone();
    put(utc.getYear(), text, 3);
    put(utc.getMonthValue(), text, 6);
    put(utc.getDayOfMonth(), text, 9);
    put(utc.getHour(), text, 12);
    put(utc.getMinute(), text, 15);
    put(utc.getSecond(), text, 18);
    put(utc.getNano() / 1_000, text, 25);
    return text;
  }

  /** Writes the digits of a number backwards from where its last one is. */
  private static void put(int number, byte[] text, int last) {
    int rest = number;
    for (int i = last; rest > 0; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
