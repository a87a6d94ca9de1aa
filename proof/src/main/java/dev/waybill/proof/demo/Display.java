package dev.waybill.proof.demo;

import dev.waybill.proof.Screen;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Shows a running demo. Thread-safe. */
final class Display {
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(3);
  private static final int BAR = 40;

  private final Screen screen;

  Display(PrintWriter out, boolean terminal) {
    this.screen = new Screen(out, terminal, PLAIN_EVERY);
  }

  /** Says that something happened. */
  void say(String what) {
    screen.say(what);
  }

  /** Shows the numbers, if it is time for them. */
  void show(Numbers now) {
    screen.show(() -> block(now), () -> line(now));
  }

  private static String line(Numbers now) {
    return String.format(
        Locale.ROOT,
        "requests %s (%s at least), events committed %s, published %s, notified %s, dead letters %s",
        now.acknowledged(),
        now.requests(),
        now.committed(),
        now.published(),
        now.notified(),
        now.deadLetters());
  }

  private static List<String> block(Numbers now) {
    return List.of(
        "",
        row("A   requests answered", now.acknowledged(), now.requests(), true),
        row("A   events committed", now.committed(), now.committed(), true),
        row("    relay: events in the topic", now.published(), now.committed(), now.relayRuns()),
        row("B   notifications sent", now.notified(), now.committed(), now.consumerRuns()),
        String.format(Locale.ROOT, "    %-28s %7d", "dead letters", now.deadLetters()));
  }

  private static String row(String what, int done, int all, boolean runs) {
    int filled = all == 0 ? 0 : Math.min(BAR, (int) ((long) done * BAR / all));
    String bar = "█".repeat(filled) + "░".repeat(BAR - filled);
    return String.format(Locale.ROOT, "%-32s %7d  %s%s", what, done, bar, runs ? "" : "  KILLED");
  }

  /** Ends the drawing; what is printed next stands below. */
  void end() {
    screen.end();
  }
}
