package dev.waybill.proof.campaign;

import dev.waybill.proof.ledger.Sample;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows a run: what is done, in lines of its own; how it stands, on a terminal in a last line that
 * is drawn anew, else every ten seconds. Thread-safe.
 */
final class Display {
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(10);

  private final PrintWriter out;
  private final boolean terminal;
  private final long begun = System.nanoTime();
  private long lastPlain = begun;
  private long lastPublished;
  private boolean drawn;

  Display(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Says that something happens. */
  synchronized void say(String what) {
    erase();
    out.println(elapsed() + " " + what);
    out.flush();
  }

  /** Shows how it stands; called once a second. */
  synchronized void show(Sample now, int faults, int letters) {
    String line =
        String.format(
            Locale.ROOT,
            "%s changes %,d, published %,d (%d/s), lag %,d, dead letters %d, faults %d%s",
            elapsed(),
            now.committed(),
            now.published(),
            now.published() - lastPublished,
            Math.max(0, now.committed() - now.notified()),
            letters,
            faults,
            now.notReady().isEmpty() ? "" : ", not ready: " + now.notReady().keySet());
    lastPublished = now.published();
    if (terminal) {
      erase();
      out.print(line);
      drawn = true;
    } else if (System.nanoTime() - lastPlain > PLAIN_EVERY.toNanos()) {
      lastPlain = System.nanoTime();
      out.println(line);
    }
    out.flush();
  }

  /** What is printed next stands below. */
  synchronized void end() {
    erase();
    out.flush();
  }

  private void erase() {
    if (drawn) {
      out.print("\r\u001b[K");
      drawn = false;
    }
  }

  private String elapsed() {
    return String.format(Locale.ROOT, "[%5.1f s]", (System.nanoTime() - begun) / 1e9);
  }
}
