package dev.waybill.stack.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./waybill} from wherever, and however, it is called. */
final class ScriptTest {
  private static final Path SCRIPT = Path.of("..", "waybill").toAbsolutePath().normalize();

  @TempDir Path folder;

  private record Said(int status, String text) {}

  @Test
  void itFindsItselfThroughLinksAndWhateverCdpathIs() throws Exception {
    Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(folder.resolve("one"), SCRIPT);
    Files.createSymbolicLink(folder.resolve("bin/two"), Path.of("../one"));
    Map<String, String> anyPath = Map.of("CDPATH", SCRIPT.resolveSibling("local-stack") + ":.");

    for (String call : new String[] {SCRIPT.toString(), "./one", "bin/two"}) {
      assertThat(run(anyPath, call + " --version").text()).as(call).startsWith("waybill 0.");
    }
    assertThat(folder.toFile().list()).as("nothing else").containsExactlyInAnyOrder("bin", "one");
  }

  @Test
  void whatIsMissingIsSaidInOneLine() throws Exception {
    assertThat(run(Map.of("JAVA_HOME", "/nowhere"), SCRIPT + " status"))
        .isEqualTo(
            new Said(
                1,
                "waybill: there is no /nowhere/bin/java: a JDK 17 or newer is needed, and JAVA_HOME"
                    + " to be its folder\n"));
    Said gone = run(Map.of(), "mkdir gone && cd gone && rmdir ../gone && " + SCRIPT + " status");
    assertThat(gone.status()).isEqualTo(1);
    assertThat(gone.text()).endsWith("waybill: this folder does not exist any more\n");
  }

  @Test
  void aCommandThatIsNoneIsWrongUsage() throws Exception {
    assertThat(run(Map.of(), SCRIPT + " dance").status()).isEqualTo(2);
    assertThat(run(Map.of(), SCRIPT.toString()).status()).isEqualTo(2);
  }

  private Said run(Map<String, String> environment, String call)
      throws IOException, InterruptedException {
    File said = folder.resolveSibling(folder.getFileName() + ".said").toFile();
    ProcessBuilder bash =
        new ProcessBuilder("bash", "-c", call)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said);
    bash.environment().putAll(environment);
    int status = bash.start().waitFor();
    String text = Files.readString(said.toPath(), UTF_8);
    Files.delete(said.toPath());
    return new Said(status, text);
  }
}
