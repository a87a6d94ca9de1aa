package dev.waybill.console.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** How fast counters grow, over the last seconds. Of one thread. */
final class Rates {
  private static final Duration OVER = Duration.ofSeconds(10);

  private final Map<String, Deque<Seen>> all = new HashMap<>();

  private record Seen(Instant at, double count) {}

  /** Adds what a counter is now; how much it grows a second, negative for unknown. */
  double of(String counter, double count, Instant now) {
    Deque<Seen> seen = all.computeIfAbsent(counter, name -> new ArrayDeque<>());
    Seen last = seen.peekLast();
    if (last != null && last.count() > count) {
      seen.clear(); // It began anew.
    }
    seen.addLast(new Seen(now, count));
    while (seen.size() > 2 && seen.getFirst().at().isBefore(now.minus(OVER))) {
      seen.removeFirst();
    }
    Seen first = seen.getFirst();
    double seconds = Duration.between(first.at(), now).toMillis() / 1000.0;
    return seconds <= 0 ? -1 : (count - first.count()) / seconds;
  }
}
