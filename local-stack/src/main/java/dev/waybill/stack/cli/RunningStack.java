package dev.waybill.stack.cli;

import dev.waybill.stack.PidFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files by which {@code up}, {@code down} and {@code status} know a running stack. */
record RunningStack(Path folder) {

  private static final String LOG = "supervisor.log";

  /** All that run on this machine and can be seen. */
  static List<RunningStack> all() {
    return PidFile.logsOfRunning(LOG).stream()
        .map(log -> new RunningStack(log.resolveSibling("")))
        .toList();
  }

  /** The supervisor's output; its pid is beside it. */
  Path log() {
    return folder.resolve(LOG);
  }

  /** Exists when everything is ready; what it says is for people. */
  Path ready() {
    return folder.resolve("ready.txt");
  }

  /** Locked by {@code up} while it starts. */
  Path lock() {
    return folder.resolve("up.lock");
  }

  /** A line for each service: its name and URL. */
  Path services() {
    return folder.resolve("services.txt");
  }

  /** What the console's commands are told; for its owner only. */
  Path consoleEnvironment() {
    return folder.resolve("console.env");
  }

  Optional<ProcessHandle> supervisor() {
    return PidFile.running(PidFile.beside(log()));
  }

  /** What {@code up} printed at its end; empty while the stack is not ready. */
  String summary() {
    try {
      return Files.exists(ready()) ? Files.readString(ready()) : "";
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
