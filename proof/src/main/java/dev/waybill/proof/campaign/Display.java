package dev.waybill.proof.campaign;

import dev.waybill.proof.Screen;
import dev.waybill.proof.ledger.Sample;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Shows a run: what is done to whom, and how it stands. Thread-safe. */
final class Display {
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(10);

  private final Screen screen;
  private long lastPublished;

  Display(PrintWriter out, boolean terminal) {
    this.screen = new Screen(out, terminal, PLAIN_EVERY);
  }

  /** Says that something happens. */
  void say(String what) {
    screen.say(what);
  }

  /** Shows how it stands; called once a second. */
  synchronized void show(Sample now, int faults, int letters) {
    String line =
        String.format(
            Locale.ROOT,
            "changes %,d, published %,d (%d/s), lag %,d, dead letters %d, faults %d%s",
            now.committed(),
            now.published(),
            now.published() - lastPublished,
            Math.max(0, now.committed() - now.notified()),
            letters,
            faults,
            now.notReady().isEmpty() ? "" : ", not ready: " + now.notReady().keySet());
    lastPublished = now.published();
    screen.show(() -> List.of(line), () -> line);
  }

  /** What is printed next stands below. */
  void end() {
    screen.end();
  }
}
