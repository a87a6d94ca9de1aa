package dev.waybill.proof;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Where a command shows how far it is: on a terminal in lines at the end that are drawn anew, else
 * in a line every few seconds. What happens is said in lines of its own, with the time since the
 * beginning. Thread-safe.
 */
public final class Screen {
  private static final String CLEAR_LINE = "\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;
  private final Duration plainEvery;
  private final long begun = System.nanoTime();
  private long lastPlain = begun;
  private int drawn;

  /**
   * @param plainEvery how often a line is printed where there is no terminal
   */
  public Screen(PrintWriter out, boolean terminal, Duration plainEvery) {
    this.out = out;
    this.terminal = terminal;
    this.plainEvery = plainEvery;
  }

  /** Says that something happens. */
  public synchronized void say(String what) {
    erase();
    printLine(what);
    out.flush();
  }

  /**
   * Shows how it stands, if it is time for that.
   *
   * @param block for a terminal
   * @param line elsewhere
   */
  public synchronized void show(Supplier<List<String>> block, Supplier<String> line) {
    if (terminal) {
      erase();
      List<String> lines = block.get();
      lines.forEach(one -> out.println(one + CLEAR_LINE));
      drawn = lines.size();
    } else if (System.nanoTime() - lastPlain > plainEvery.toNanos()) {
      lastPlain = System.nanoTime();
      printLine(line.get());
    }
    out.flush();
  }

  /** Ends the drawing; what is printed next stands below. */
  public synchronized void end() {
    erase();
    out.flush();
  }

  private void printLine(String what) {
    double seconds = (System.nanoTime() - begun) / 1e9;
    out.println(String.format(Locale.ROOT, "[%5.1f s] %s", seconds, what));
  }

  private void erase() {
    if (drawn > 0) {
      out.print("\u001b[" + drawn + "A\u001b[J");
      drawn = 0;
    }
  }
}
