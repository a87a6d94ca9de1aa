package dev.waybill.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One of Waybill's services as a process of its own, started and ended any number of times.
 * Thread-safe.
 */
public final class StackService implements AutoCloseable {
  /** A service that runs for minutes earns nothing from the second compiler, which costs cores. */
  private static final List<String> JVM_ARGUMENTS =
      List.of(
          "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

  private final JvmCommand command;
  private final String url;
  private volatile @Nullable ChildJvm process;
  private boolean stopped;

  /**
   * Starts nothing yet.
   *
   * @param main the class whose {@code main} runs it
   * @param port of 127.0.0.1 that it answers on
   * @param logs the folder of its log
   */
  public StackService(
      String name, Class<?> main, int port, Map<String, String> environment, Path logs) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("HTTP_HOST", "127.0.0.1");
    all.put("HTTP_PORT", Integer.toString(port));
    this.url = "http://127.0.0.1:" + port;
    this.command =
        new JvmCommand(
            name, main.getName(), JVM_ARGUMENTS, List.of(), all, logs.resolve(name + ".log"));
  }

  public String name() {
    return command.name();
  }

  public String url() {
    return url;
  }

  public boolean isAlive() {
    ChildJvm current = process;
    return current != null && current.isAlive();
  }

  /** Starts the process; returns before it is ready. */
  public void start() {
    start(List.of());
  }

  /**
   * Starts the process as another version of the service; returns before it is ready.
   *
   * @param classesFirst folders with what is different in that version; empty for the service as it
   *     is built
   */
  public synchronized void start(List<Path> classesFirst) {
    process = ChildJvm.start(command.withClassesFirst(classesFirst));
    stopped = false;
  }

  /** As {@link #start(List)}, unless it runs. */
  public synchronized void startUnlessAlive(List<Path> classesFirst) {
    if (!isAlive()) {
      start(classesFirst);
    }
  }

  /**
   * The exit status of the process that ended though nobody has ended it from here: empty while it
   * runs, before the first start, and after {@link #kill} and {@link #close}.
   */
  public synchronized OptionalInt endedByItself() {
    ChildJvm current = process;
    return stopped || current == null ? OptionalInt.empty() : current.exitStatus();
  }

  /**
   * Starts the process again if it has {@linkplain #endedByItself ended by itself}; returns before
   * it is ready.
   *
   * @return whether it was started
   */
  public synchronized boolean startAgain(List<Path> classesFirst) {
    boolean ended = endedByItself().isPresent();
    if (ended) {
      start(classesFirst);
    }
    return ended;
  }

  /** Ends the process with SIGKILL. */
  public synchronized void kill() {
    stopped = true;
    ChildJvm current = process;
    if (current != null) {
      current.kill();
    }
  }

  /**
   * The process, to be stopped by signals.
   *
   * @throws IllegalStateException when it does not run
   */
  public long pid() {
    ChildJvm current = process;
    if (current == null || !current.isAlive()) {
      throw new IllegalStateException(name() + " does not run");
    }
    return current.pid();
  }

  /** Ends the process with SIGTERM and waits for it. */
  @Override
  public synchronized void close() {
    stopped = true;
    ChildJvm current = process;
    if (current != null) {
      current.close();
    }
  }

  /**
   * Waits until the service says that it is ready.
   *
   * @throws IllegalStateException when it ended instead, or the time is up; with its last words
   */
  public void awaitReady(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    for (String reason = Readiness.of(url); !reason.isEmpty(); reason = Readiness.of(url)) {
      ChildJvm current = process;
      if (current == null || !current.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            name()
                + " is not ready ("
                + reason
                + "); its last words:\n"
                + (current == null ? "" : current.lastWords()));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }
}
