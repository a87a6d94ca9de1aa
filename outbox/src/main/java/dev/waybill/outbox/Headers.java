package dev.waybill.outbox;

import dev.waybill.outbox.RejectedEventException.Reason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of an event as the JSON object that the row holds. */
final class Headers {
  private static final int MAX_NAME_BYTES = 255;
  private static final int MAX_TOTAL_BYTES = 16 * 1024;
  private static final String NONE = "{}";

  private Headers() {}

  static String json(@Nullable Map<String, String> headers) {
    if (headers == null) {
      throw new RejectedEventException(Reason.HEADERS, "the headers are null");
    }
    if (headers.isEmpty()) {
      return NONE;
    }
    StringBuilder json = new StringBuilder(256).append('{');
    int bytes = 0;
    for (Map.Entry<@Nullable String, @Nullable String> header : headers.entrySet()) {
      String name = header.getKey();
      String value = header.getValue();
      bytes += Texts.check(Reason.HEADERS, "header name", name, MAX_NAME_BYTES);
      if (name == null || isReserved(name)) {
        throw new RejectedEventException(Reason.HEADERS, "the header " + name + " is reserved");
      }
      if (value == null) {
        throw new RejectedEventException(Reason.HEADERS, "the header " + name + " is null");
      }
      bytes += Texts.utf8Bytes(Reason.HEADERS, "header " + name, value);
      if (bytes > MAX_TOTAL_BYTES) {
        throw new RejectedEventException(
            Reason.HEADERS, "the headers have more than " + MAX_TOTAL_BYTES + " bytes in UTF-8");
      }
      json.append(json.length() > 1 ? "," : "");
      quote(name, json);
      quote(value, json.append(':'));
    }
    return json.append('}').toString();
  }

  /** The relay writes these itself, from the row's columns. */
  private static boolean isReserved(String name) {
    return name.regionMatches(true, 0, "ce_", 0, 3) || name.equalsIgnoreCase("content-type");
  }

  private static void quote(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20) {
        json.append("\\u00").append(Character.forDigit(c >> 4, 16));
        json.append(Character.forDigit(c & 15, 16));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
