package dev.waybill.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Times as CloudEvents writes them (RFC 3339). In UTC they are read without a formatter. */
final class EventTime {
  private static final String SHAPE = "dddd-dd-ddTdd:dd:dd";

  private EventTime() {}

  /** The instant, or null when this is none, or of no year from 0 to 9999. */
  static @Nullable Instant parse(byte[] text) {
    try {
      return isUtc(text) ? utc(text) : zoned(OffsetDateTime.parse(new String(text, UTF_8)));
    } catch (DateTimeException noTime) {
      return null;
    }
  }

  /** RFC 3339 knows no years but of four digits; Java does, and they do not fit every unit. */
  private static @Nullable Instant zoned(OffsetDateTime time) {
    return time.getYear() < 0 || time.getYear() > 9999 ? null : time.toInstant();
  }

  /** The shape, then perhaps a point and up to nine digits, then Z. */
  private static boolean isUtc(byte[] text) {
    int last = text.length - 1;
    if (last < SHAPE.length() || last > SHAPE.length() + 10 || text[last] != 'Z') {
      return false;
    }
    for (int i = 0; i < last; i++) {
      char expected = i < SHAPE.length() ? SHAPE.charAt(i) : i == SHAPE.length() ? '.' : 'd';
      boolean digit = text[i] >= '0' && text[i] <= '9';
      if (expected == 'd' ? !digit : text[i] != expected) {
        return false;
      }
    }
    return true;
  }

  private static Instant utc(byte[] text) {
    long day =
        LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    if (hour > 23 || minute > 59 || second > 59) {
      throw new DateTimeException("no time of day");
    }
    int nanos = 0;
    int digits = Math.max(0, text.length - 1 - SHAPE.length() - 1);
    if (digits > 0) {
      nanos = number(text, SHAPE.length() + 1, text.length - 1);
      for (int i = digits; i < 9; i++) {
        nanos *= 10;
      }
    }
    return Instant.ofEpochSecond(day * 86_400 + hour * 3_600L + minute * 60L + second, nanos);
  }

  private static int number(byte[] text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text[i] - '0';
    }
    return number;
  }
}
