package dev.waybill.proof.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Shows a running demo: on a terminal a block that is drawn anew, else a line every few seconds.
 * What happens is said in lines of its own. Thread-safe.
 */
final class Display {
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(3);
  private static final int BAR = 40;
  private static final String CLEAR_LINE = "\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;
  private final long begun = System.nanoTime();
  private long lastPlain = begun;
  private int drawn;

  Display(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Says that something happened. */
  synchronized void say(String what) {
    erase();
    out.printf(Locale.ROOT, "%s %s%n", elapsed(), what);
    out.flush();
  }

  /** Shows the numbers, if it is time for them. */
  synchronized void show(Numbers now) {
    if (terminal) {
      erase();
      List<String> block = block(now);
      block.forEach(line -> out.println(line + CLEAR_LINE));
      drawn = block.size();
    } else if (System.nanoTime() - lastPlain > PLAIN_EVERY.toNanos()) {
      lastPlain = System.nanoTime();
      out.printf(
          Locale.ROOT,
          "%s requests %s (%s at least), events committed %s, published %s, notified %s, dead letters %s%n",
          elapsed(),
          now.acknowledged(),
          now.requests(),
          now.committed(),
          now.published(),
          now.notified(),
          now.deadLetters());
    }
    out.flush();
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
  synchronized void end() {
    erase();
    out.flush();
  }

  private void erase() {
    if (drawn > 0) {
      out.print("\u001b[" + drawn + "A\u001b[J");
      drawn = 0;
    }
  }

  private String elapsed() {
    return String.format(Locale.ROOT, "[%5.1f s]", (System.nanoTime() - begun) / 1e9);
  }
}
