package dev.waybill.proof.lab.judge;

import java.util.Locale;

/** What can be wrong. */
public enum Wrong {
  LOST,
  PHANTOM,
  DOUBLED,
  REORDERED,
  /** A's answer to a request, because something else was away. */
  REFUSED,
  /** A's answer came late, because something else was away. */
  HUNG;

  /** For people. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
