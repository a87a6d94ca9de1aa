package dev.waybill.proof.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.proof.edits.EditedClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClocksTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path folder;

  private static boolean isWrongBy(Clock clock, Duration offset) {
    return Duration.between(Instant.now().plus(offset), clock.instant())
            .abs()
            .compareTo(Duration.ofSeconds(30))
        < 0;
  }

  @Test
  void aClockJumpsWhileItIsAskedAndComesRightAgain() throws IOException {
    Clock clock = new SkewedClock(folder.resolve("member"));
    assertThat(isWrongBy(clock, Duration.ZERO)).isTrue();

    Clocks.set(folder.resolve("member"), Duration.ofDays(365));
    await().until(() -> isWrongBy(clock, Duration.ofDays(365)));

    Clocks.set(folder.resolve("member"), Duration.ofMinutes(-7));
    await().until(() -> isWrongBy(clock, Duration.ofMinutes(-7)));

    Clocks.set(folder.resolve("member"), Duration.ZERO);
    await().until(() -> isWrongBy(clock, Duration.ZERO));
  }

  @Test
  void aProcessWithoutControlFilesHasItsOwnTime() {
    assertThat(isWrongBy(SkewedClock.ofThisProcess(), Duration.ZERO)).isTrue();
  }

  /** Whoever changes where a service asks the time looks at the edits, too. */
  @Test
  void theSourcesAreAsTheEditsFindThem() throws IOException {
    Path classes = EditedClasses.of(Clocks.edits(), ROOT, folder);

    try (var files = Files.walk(classes)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .contains("OutboxEvent.class", "Orders.class", "OutboxReaders.class", "Outlet.class");
    }
  }
}
