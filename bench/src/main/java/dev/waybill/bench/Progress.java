package dev.waybill.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Lines that say what is going on, with the time since the start. Thread-safe. */
final class Progress {
  private final PrintWriter out;
  private final long begun = System.nanoTime();

  Progress(PrintWriter out) {
    this.out = out;
  }

  void say(String format, Object... arguments) {
    long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    String line = String.format(Locale.ROOT, format, arguments);
    out.printf(Locale.ROOT, "%3d:%02d  %s%n", seconds / 60, seconds % 60, line);
    out.flush();
  }
}
