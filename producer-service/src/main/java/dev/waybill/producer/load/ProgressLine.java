package dev.waybill.producer.load;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows how far a run is: one line that changes on a terminal, else a new one now and then. */
final class ProgressLine implements AutoCloseable {
  private static final Duration ON_TERMINAL = Duration.ofMillis(200);
  private static final Duration ELSEWHERE = Duration.ofSeconds(5);
  private static final String REWRITE = "\r\u001b[K";

  private final PrintWriter out;
  private final Supplier<LoadProgress> progress;
  private final boolean terminal = isTerminal();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread daemon = new Thread(task, "progress");
            daemon.setDaemon(true);
            return daemon;
          });

  ProgressLine(PrintWriter out, Supplier<LoadProgress> progress) {
    this.out = out;
    this.progress = progress;
  }

  void start() {
    long millis = (terminal ? ON_TERMINAL : ELSEWHERE).toMillis();
    var unused = thread.scheduleAtFixedRate(this::show, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void show() {
    if (terminal) {
      out.print(REWRITE + progress.get());
    } else {
      out.println(progress.get());
    }
    out.flush();
  }

  /** From Java 22 on there is a console without a terminal, unless this one is asked for. */
  @SuppressWarnings("SystemConsoleNull") // With that property it returns null there too.
  private static boolean isTerminal() {
    System.setProperty("jdk.console", "java.base");
    return System.console() != null;
  }

  /** Waits for the line in progress and leaves an empty one for what comes next. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (thread.awaitTermination(1, TimeUnit.SECONDS) && terminal) {
        out.print(REWRITE);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
