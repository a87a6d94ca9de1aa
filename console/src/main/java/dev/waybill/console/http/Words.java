package dev.waybill.console.http;

import dev.waybill.console.trace.State;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as templates show them: in ASCII digits and UTC, whatever the locale is. */
public final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Words() {}

  /** To the second, in UTC. */
  public static String time(Instant at) {
    return TIME.format(at) + " UTC";
  }

  /** To the minute, in UTC. */
  public static String minute(Instant at) {
    return MINUTE.format(at);
  }

  /** How many a second. */
  public static String rate(double rate) {
    return String.format(Locale.ROOT, rate < 10 ? "%.1f/s" : "%.0f/s", rate);
  }

  /** How long, in the unit that suits. */
  public static String age(double seconds) {
    if (seconds < 1) {
      return "less than 1 s";
    }
    if (seconds < 120) {
      return Math.round(seconds) + " s";
    }
    return seconds < 7200 ? Math.round(seconds / 60) + " min" : Math.round(seconds / 3600) + " h";
  }

  /** How long a bar is for a rate, of 100; each tenfold is as long. */
  public static String bar(double rate) {
    return Long.toString(rate <= 0 ? 0 : Math.min(100, Math.round(25 * Math.log10(1 + rate))));
  }

  /** Where an id is looked for. */
  public static String find(String id) {
    return "/find?id=" + encoded(id);
  }

  /** A text as a part of a link. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A state with its sign. */
  public static String state(State state) {
    return state.sign() + " " + state.text();
  }

  /** The style of a state. */
  public static String style(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
