package dev.waybill.proof.checker;

import java.util.Locale;

/** Spans of time, for people. */
public final class Seconds {
  private Seconds() {}

  /** Such as {@code 12.345 s}. */
  public static String of(long millis) {
    return String.format(Locale.ROOT, "%.3f s", millis / 1e3);
  }
}
