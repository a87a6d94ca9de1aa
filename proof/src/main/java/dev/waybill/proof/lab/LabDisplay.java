package dev.waybill.proof.lab;

import dev.waybill.proof.Screen;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Shows a run: what is done to which pattern. Says nothing more once it is silent. Thread-safe. */
final class LabDisplay {
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(10);

  private final Screen screen;
  private volatile boolean silent;

  LabDisplay(PrintWriter out, boolean terminal) {
    this.screen = new Screen(out, terminal, PLAIN_EVERY);
  }

  void say(String what) {
    if (!silent) {
      screen.say(what);
    }
  }

  /** How each pattern stands; called a few times a second. */
  void show(List<Experiment> experiments) {
    if (!silent) {
      screen.show(
          () -> experiments.stream().map(Experiment::status).toList(),
          () ->
              experiments.stream()
                  .map(Experiment::status)
                  .map(line -> line.strip().replaceAll(" +", " "))
                  .collect(Collectors.joining("; ")));
    }
  }

  /** What is printed next stands below. */
  void end() {
    if (!silent) {
      screen.end();
    }
  }

  /** Somebody has pressed Ctrl-C. */
  void silence() {
    end();
    silent = true;
  }
}
