package dev.waybill.proof.recovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** How long the event that waited longest did wait, for each kill. */
record Waits(List<Duration> longest) {

  /** Minimum, median, nine in ten and maximum, in words. */
  @Override
  public String toString() {
    List<Duration> sorted = new ArrayList<>(longest);
    Collections.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%s kills: min %.1f s, median %.1f s, p90 %.1f s, max %.1f s",
        sorted.size(),
        seconds(sorted, 0),
        seconds(sorted, 0.5),
        seconds(sorted, 0.9),
        seconds(sorted, 1));
  }

  private static double seconds(List<Duration> sorted, double share) {
    return sorted.get((int) Math.round(share * (sorted.size() - 1))).toMillis() / 1000.0;
  }
}
