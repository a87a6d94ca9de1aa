package dev.waybill.proof.world;

import com.fasterxml.uuid.UUIDClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a process, which is wrong by as many milliseconds as a file says, and right without
 * one. The sources that {@link Clocks} edits ask it. Looks at the file again after 20 ms.
 * Thread-safe.
 */
public final class SkewedClock extends Clock {
  static final String FILE = "clock";
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final @Nullable SkewedClock OWN = own();

  private final Path file;
  private long offsetMillis;
  private long nextLook = System.nanoTime();

  /**
   * @param folder that has the file
   */
  SkewedClock(Path folder) {
    this.file = folder.resolve(FILE);
  }

  private static @Nullable SkewedClock own() {
    String folder = System.getenv(KillPoint.FOLDER);
    return folder == null ? null : new SkewedClock(Path.of(folder));
  }

  /** That of the process that asks. */
  public static Clock ofThisProcess() {
    return OWN == null ? Clock.systemUTC() : OWN;
  }

  /** The same, for ids with a time in them. */
  public static UUIDClock ofIds() {
    return new UUIDClock() {
      @Override
      public long currentTimeMillis() {
        return ofThisProcess().millis();
      }
    };
  }

  @Override
  public synchronized long millis() {
    if (System.nanoTime() - nextLook >= 0) {
      offsetMillis = offset();
      nextLook = System.nanoTime() + LOOK_NANOS;
    }
    return System.currentTimeMillis() + offsetMillis;
  }

  private long offset() {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (NoSuchFileException right) {
      return 0;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("nobody asks it for dates");
  }
}
