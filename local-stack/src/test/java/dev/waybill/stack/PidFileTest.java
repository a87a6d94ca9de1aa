package dev.waybill.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a folder's pid files only those count whose process is the folder's own. */
final class PidFileTest {
  @TempDir Path folder;

  @Test
  void aProcessThatHasTheNumberOfAnEarlierOneIsLeftAlone() throws Exception {
    Process somebody = new ProcessBuilder("sleep", "60").start();
    try {
      for (String name : List.of("supervisor.log.pid", "postmaster.pid")) {
        Files.writeString(folder.resolve(name), somebody.pid() + "\n");
      }
      // One that is a JVM as well, this one.
      Files.writeString(folder.resolve("kafka.log.pid"), "" + ProcessHandle.current().pid());

      assertThat(LeftBehind.stop(folder)).isZero();
      assertThat(somebody.isAlive()).isTrue();
    } finally {
      somebody.destroyForcibly().waitFor();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "abc", "-1", "99999999999999999999"})
  void aFileWithoutANumberIsNobodys(String text) throws IOException {
    Files.writeString(folder.resolve("kafka.log.pid"), text);
    assertThat(LeftBehind.in(folder)).isEmpty();
  }

  @Test
  void whatWasLeftBehindIsFoundAndEndedAlsoThroughALink() throws Exception {
    Path data = Files.createDirectory(folder.resolve("žluť a b"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), data);
    ChildJvm left = ChildJvm.start(sleeper(data.resolve("one.log")));

    assertThat(PidFile.running(PidFile.beside(data.resolve("one.log"))))
        .map(ProcessHandle::pid)
        .hasValue(left.pid());
    assertThat(LeftBehind.stop(link)).isEqualTo(1);
    assertThat(left.waitFor()).isNotZero();
  }

  private static JvmCommand sleeper(Path log) {
    return new JvmCommand("sleeper", Sleeper.class.getName(), List.of(), List.of(), Map.of(), log);
  }

  /** Waits for longer than the test takes, and not for ever. */
  static final class Sleeper {
    private Sleeper() {}

    public static void main(String[] args) throws InterruptedException {
      var unused = new CountDownLatch(1).await(60, TimeUnit.SECONDS);
    }
  }
}
