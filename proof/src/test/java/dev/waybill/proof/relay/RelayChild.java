package dev.waybill.proof.relay;

import dev.waybill.relay.Relay;
import dev.waybill.runtime.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A relay that stops when it reaches a step for the n-th time: it creates the file {@code reached},
 * and when there is a file {@code go} it creates {@code gone-on} and does.
 */
final class RelayChild extends StepListener {
  private final Step step;
  private final int occurrence;
  private final Path folder;
  private final AtomicInteger count = new AtomicInteger();

  private RelayChild(Step step, int occurrence, Path folder) {
    this.step = step;
    this.occurrence = occurrence;
    this.folder = folder;
  }

  /** Arguments: step, occurrence, folder. */
  public static void main(String[] arguments) {
    RelayChild listener =
        new RelayChild(
            Step.valueOf(arguments[0]), Integer.parseInt(arguments[1]), Path.of(arguments[2]));
    System.exit(ServiceProcess.run("relay", settings -> Relay.start(settings, listener)));
  }

  @Override
  void reached(Step now) {
    if (now == step && count.incrementAndGet() == occurrence) {
      create("reached");
      while (!Files.exists(folder.resolve("go"))) {
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      }
      create("gone-on");
    }
  }

  private void create(String file) {
    try {
      Files.writeString(folder.resolve(file), "");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
