package dev.waybill.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Java process of its own, so that it can be killed as a machine's failure would. Thread-safe.
 *
 * <p>Its pid is in a file beside its log for as long as it was not stopped from here, so that a
 * later run can find what a killed one left behind ({@link LeftBehind}).
 */
public final class ChildJvm implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ChildJvm.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final int TAIL_LINES = 15;

  private final JvmCommand command;
  private final Process process;

  private ChildJvm(JvmCommand command, Process process) {
    this.command = command;
    this.process = process;
  }

  /** Starts the process and returns at once. */
  public static ChildJvm start(JvmCommand command) {
    try {
      Files.createDirectories(command.log().toAbsolutePath().getParent());
      ProcessBuilder builder =
          new ProcessBuilder(line(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(command.log().toFile()));
      builder.environment().putAll(command.environment());
      // Among the arguments it would hide the others: a system tells only so much of them.
      builder.environment().put("CLASSPATH", command.classPath());
      Process process = builder.start();
      process.getOutputStream().close();
      Files.writeString(PidFile.beside(command.log()), Long.toString(process.pid()));
      return new ChildJvm(command, process);
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "cannot start " + command.name() + ": " + failure.getMessage(), failure);
    }
  }

  private static List<String> line(JvmCommand command) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add(PidFile.mark(command.log()));
    line.addAll(command.jvmArguments());
    line.add(command.mainClass());
    line.addAll(command.arguments());
    return line;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Of the process that has ended; empty while it runs. */
  OptionalInt exitStatus() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** The CPU time that the process has used so far; zero when it has ended. */
  public Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Waits until the process has ended by itself, and returns its exit status. */
  public int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  /** Ends the process with SIGKILL and waits until it is gone. */
  public void kill() {
    process.destroyForcibly().onExit().join();
    forget();
  }

  /** Ends the process with SIGTERM; with SIGKILL when it is still there after 30 s. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        log.warn("{} did not end in {} s; killing it", command.name(), STOP_LIMIT.toSeconds());
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    forget();
  }

  private void forget() {
    try {
      Files.deleteIfExists(PidFile.beside(command.log()));
    } catch (IOException failure) {
      log.warn("cannot delete {}", PidFile.beside(command.log()), failure);
    }
  }

  /** The last lines of the process's log. */
  public String lastWords() {
    try (Stream<String> lines = Files.lines(command.log())) {
      List<String> all = lines.toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - TAIL_LINES), all.size()));
    } catch (IOException | UncheckedIOException unreadable) {
      return "(no log: " + unreadable.getMessage() + ")";
    }
  }
}
