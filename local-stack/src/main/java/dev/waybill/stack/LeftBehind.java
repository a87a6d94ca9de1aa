package dev.waybill.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * What a stack that was itself killed left running: found by the pid files in its folder, those of
 * {@link ChildJvm} and PostgreSQL's own.
 */
public final class LeftBehind {
  private static final int DEPTH = 3;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private LeftBehind() {}

  /** The processes that still run. */
  public static List<ProcessHandle> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder.toRealPath(), DEPTH)) {
      return files.filter(PidFile::is).flatMap(file -> PidFile.running(file).stream()).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Ends them, with SIGKILL what is still there after 10 s; returns how many there were. */
  public static int stop(Path folder) {
    List<ProcessHandle> processes = in(folder);
    processes.forEach(ProcessHandle::destroy);
    processes.forEach(LeftBehind::awaitEnd);
    return processes.size();
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException stillThere) {
      process.destroyForcibly();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
