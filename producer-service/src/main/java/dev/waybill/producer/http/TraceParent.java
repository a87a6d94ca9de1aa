package dev.waybill.producer.http;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The request header {@code traceparent} of <a href="https://www.w3.org/TR/trace-context/">W3C
 * Trace Context</a>, which goes on with the event. As the standard asks, one that is not valid, or
 * not the only one, is ignored.
 */
final class TraceParent {
  private static final String NAME = "traceparent";
  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.{0,200})?");

  private TraceParent() {}

  /** The headers of the event's record. */
  static Map<String, String> headers(Context request) {
    List<String> headers = Collections.list(request.req().getHeaders(NAME));
    return headers.size() == 1 && isValid(headers.get(0)) ? Map.of(NAME, headers.get(0)) : Map.of();
  }

  private static boolean isValid(String header) {
    Matcher parts = FORM.matcher(header);
    return parts.matches()
        && !"ff".equals(parts.group(1))
        && !("00".equals(parts.group(1)) && parts.group(4) != null)
        && !parts.group(2).matches("0+")
        && !parts.group(3).matches("0+")
        && Texts.isPlain(header);
  }
}
