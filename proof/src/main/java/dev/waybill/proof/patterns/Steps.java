package dev.waybill.proof.patterns;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * What a process writes down of its work, a line for each step, and where the lab can do something
 * to it: at a step for which it finds a file it dies at once, as by SIGKILL. Thread-safe.
 */
public final class Steps {
  /** The file of the steps, in its folder: microseconds since 1970, the booking's id, the step. */
  public static final String LOG = "steps.log";

  /** Stands for the id in a line about the process itself. */
  public static final String NOBODY = "-";

  private final Path folder;
  private final FileChannel log;

  private Steps(Path folder, FileChannel log) {
    this.folder = folder;
    this.log = log;
  }

  public static Steps open(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new Steps(
        folder,
        FileChannel.open(
            folder.resolve(LOG), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /** The file that lets the process die at a step. */
  public static Path deathAt(Path folder, String step) {
    return folder.resolve("die-at-" + step.replace(' ', '-'));
  }

  /** Says that a booking has come so far; the process may end here. */
  public void at(String step, UUID id) {
    write(id.toString(), step);
    if (taken(deathAt(folder, step))) {
      write(NOBODY, "killed");
      Runtime.getRuntime().halt(137);
    }
  }

  /** Says what has happened to a booking. */
  public void note(String what, UUID id) {
    write(id.toString(), what);
  }

  /** Waits for as long as it is told to, if the lab wants it from the next one. */
  public void delayNext(String what, long millis) throws InterruptedException {
    if (taken(folder.resolve("delay-next-" + what))) {
      TimeUnit.MILLISECONDS.sleep(millis);
    }
  }

  /** Waits for as long as it is told to, if the lab wants it from all at present. */
  public void delayAll(String what, long millis) throws InterruptedException {
    if (Files.exists(folder.resolve("delay-all-" + what))) {
      TimeUnit.MILLISECONDS.sleep(millis);
    }
  }

  private static boolean taken(Path signal) {
    try {
      return Files.deleteIfExists(signal);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Microseconds since 1970. */
  public static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  private void write(String id, String what) {
    try {
      log.write(ByteBuffer.wrap((now() + " " + id + " " + what + "\n").getBytes(UTF_8)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
