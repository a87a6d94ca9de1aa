package dev.waybill.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** What headers say, as text. */
final class HeaderText {
  private HeaderText() {}

  /** The last of this name; null when there is none, or it is null. */
  static byte @Nullable [] value(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null ? null : header.value();
  }

  /** The number, or 0 when this is none from 1 to the largest version. */
  static long version(byte[] text) {
    if (text.length == 0 || text.length > 16) {
      return 0;
    }
    long number = 0;
    for (byte digit : text) {
      if (digit < '0' || digit > '9') {
        return 0;
      }
      number = number * 10 + digit - '0';
    }
    return number <= Envelope.LARGEST_VERSION ? number : 0;
  }

  static String excerpt(byte[] text) {
    String all = new String(text, UTF_8);
    return all.length() <= 80 ? all : all.substring(0, 80) + "…";
  }
}
