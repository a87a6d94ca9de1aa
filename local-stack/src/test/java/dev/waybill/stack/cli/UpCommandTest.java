package dev.waybill.stack.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.waybill.stack.ChildJvm;
import dev.waybill.stack.JvmCommand;
import dev.waybill.stack.Ports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code up} refuses, it refuses before it has made anything. */
final class UpCommandTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream before = System.err;

  @TempDir Path parent;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, UTF_8));
  }

  @AfterEach
  void stop() {
    System.setErr(before);
  }

  @Test
  void folderThatIsNoneIsWrongUsage() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");
    Path nowhere = Files.createSymbolicLink(parent.resolve("link"), parent.resolve("no/where"));

    refused(List.of("up", "--dir", ""), "is empty");
    refused(
        List.of("up", "--dir", parent + "/a,b"), "Kafka keeps no data in a folder with a comma");
    for (Path wrong : List.of(file, file.resolve("below"), nowhere)) {
      refused(List.of("up", "--dir", wrong.toString()), " is no folder");
      refused(List.of("status", "--dir", wrong.toString()), " is no folder");
    }
    assertThat(parent.toFile().list()).containsExactlyInAnyOrder("file", "link");
  }

  @Test
  void portsThatNobodyCanHaveAreWrongUsage() {
    Path folder = parent.resolve("up");
    for (String wrong : List.of("70000", "0", "-1", "abc", "\u0668\u0660")) {
      refused(
          List.of("up", "--dir", folder.toString(), "--relay-port", wrong), "is no port from 1 to");
    }
    refused(
        List.of("up", "--dir", folder.toString(), "--relay-port", "7", "--consumer-port", "7"),
        "--relay-port and --consumer-port are both 7: each needs a port of its own");
    assertThat(folder).doesNotExist();
  }

  @Test
  void nothingStaysLockedWhereAPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<String> arguments = new ArrayList<>(List.of("up", "--dir", parent.toString()));
      for (String name : List.of("postgres", "kafka", "registry", "producer", "relay", "console")) {
        arguments.addAll(List.of("--" + name + "-port", Integer.toString(Ports.free())));
      }
      arguments.addAll(List.of("--consumer-port", Integer.toString(taken.getLocalPort())));

      assertThat(run(arguments)).isEqualTo(1);
      assertThat(said.toString(UTF_8)).contains("somebody else listens on consumer ");
      assertThat(parent).isEmptyDirectory();
    }
  }

  @Test
  void whereSeveralRunTheyAreNamed() throws Exception {
    Path one = Files.createDirectory(parent.resolve("one"));
    Path other = Files.createDirectory(parent.resolve("the other's")).toRealPath();
    try (ChildJvm first = supervisor(one);
        ChildJvm second = supervisor(other)) {
      assertThat(first.isAlive() && second.isAlive()).isTrue();
      for (String command : List.of("status", "down")) {
        refused(List.of(command), "--dir " + one.toRealPath());
        assertThat(said.toString(UTF_8))
            .contains("--dir '" + parent.toRealPath() + "/the other'\\''s'");
      }
      assertThat(run(List.of("down", "--dir", one.toString()))).isZero();
      assertThat(first.isAlive()).isFalse();
      assertThat(second.isAlive()).isTrue();
    }
  }

  @Test
  void theOnlyOneThatRunsIsFound() throws Exception {
    assumeThat(RunningStack.all()).as("somebody's own").isEmpty();
    try (ChildJvm only = supervisor(parent)) {
      assertThat(run(List.of("status"))).as("it is starting").isEqualTo(1);
      assertThat(only.isAlive()).isTrue();
      assertThat(run(List.of("down"))).isZero();
      assertThat(only.isAlive()).isFalse();
    }
  }

  private static ChildJvm supervisor(Path folder) {
    return ChildJvm.start(
        new JvmCommand(
            "supervisor",
            Sleeps.class.getName(),
            List.of("-Xmx32m"),
            List.of(),
            Map.of(),
            folder.resolve("supervisor.log")));
  }

  /** In the place of a supervisor; ends by itself, should the test not get that far. */
  static final class Sleeps {
    private Sleeps() {}

    public static void main(String[] args) throws InterruptedException {
      Thread.sleep(60_000);
    }
  }

  private void refused(List<String> arguments, String why) {
    said.reset();
    assertThat(run(arguments)).as("%s", arguments).isEqualTo(2);
    assertThat(said.toString(UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("waybill: ")
        .contains(why)
        .doesNotContain("Exception", "java.");
  }

  private static int run(List<String> arguments) {
    return Waybill.run(
        arguments.toArray(String[]::new), UpCommand.class, DownCommand.class, StatusCommand.class);
  }
}
