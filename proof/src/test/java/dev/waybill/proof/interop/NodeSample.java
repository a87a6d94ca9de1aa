package dev.waybill.proof.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.proof.servers.Servers;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code examples/node}, installed in a folder of its own; the processes that run its scripts. */
final class NodeSample implements AutoCloseable {
  private static final Path SOURCES = Path.of("..", "examples", "node");
  private static final Pattern FILES = Pattern.compile(".*\\.(js|json)");

  /** What npm says when its registry does not answer. */
  private static final Pattern AWAY =
      Pattern.compile(
          "npm (error|ERR!) (code |network).*"
              + "(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH"
              + "|ERR_SOCKET_TIMEOUT|FETCH_ERROR)");

  private final Path folder;
  private final Map<String, String> environment;
  private final List<Process> processes = new ArrayList<>();

  private NodeSample(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * Installs the packages that are locked. Where there is no Node, or npm's registry is away, the
   * test is left out, and says so.
   *
   * @param environment of the scripts
   */
  static NodeSample installIn(Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    assumeTrue(isOnPath("node"), "there is no node on this machine");
    assumeTrue(isOnPath("npm"), "there is no npm on this machine");
    Files.createDirectories(folder);
    try (Stream<Path> sources = Files.list(SOURCES)) {
      for (Path file : sources.filter(one -> FILES.matcher(one.toString()).matches()).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    NodeSample sample = new NodeSample(folder, environment);
    sample.install();
    return sample;
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private void install() throws IOException, InterruptedException {
    int status =
        run(
            "npm",
            "npm",
            "ci",
            "--ignore-scripts",
            "--prefer-offline",
            "--no-audit",
            "--no-fund",
            "--fetch-retries=1",
            "--fetch-retry-mintimeout=1000",
            "--fetch-timeout=20000");
    String said = Files.readString(log("npm.err"));
    assumeTrue(
        status == 0 || !AWAY.matcher(said).find(), () -> "npm cannot reach its registry: " + said);
    assertThat(status).as(said).isZero();
  }

  /** Runs a script to its end, which has to be a good one; returns the line of JSON it printed. */
  JsonNode run(String script) throws IOException, InterruptedException {
    int status = run(script, "node", script);
    assertThat(status).as(() -> text(script + ".err")).isZero();
    return lines(script).get(0);
  }

  private int run(String name, String... command) throws IOException, InterruptedException {
    Process process = start(name, command);
    boolean ended = process.waitFor(Servers.LIMIT.toSeconds(), TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as("%s has ended", name).isTrue();
    return process.exitValue();
  }

  /** Starts a script that goes on until the sample is closed. */
  void start(String script) throws IOException {
    Process unused = start(script, "node", script);
  }

  private Process start(String name, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(log(name + ".out").toFile())
            .redirectError(log(name + ".err").toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  /** Waits until the script has printed so many lines of JSON; returns them. */
  List<JsonNode> awaitLines(String script, int count) {
    return await()
        .atMost(Servers.LIMIT)
        .failFast(
            () -> {
              assertThat(processes).as(text(script + ".err")).anyMatch(Process::isAlive);
            })
        .until(() -> lines(script), lines -> lines.size() >= count);
  }

  /** Waits until the script has complained in these words. */
  void awaitComplaint(String script, String words) {
    await()
        .atMost(Servers.LIMIT)
        .untilAsserted(() -> assertThat(text(script + ".err")).contains(words));
  }

  private List<JsonNode> lines(String script) throws IOException {
    String printed = text(script + ".out");
    List<JsonNode> lines = new ArrayList<>();
    // What has no line's end yet is not whole.
    for (String line : printed.substring(0, printed.lastIndexOf('\n') + 1).lines().toList()) {
      lines.add(new JsonMapper().readTree(line));
    }
    return lines;
  }

  private String text(String log) {
    try {
      return Files.readString(log(log));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  private Path log(String file) {
    return folder.resolve(file);
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
    processes.stream()
        .map(process -> process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join())
        .forEach(Process::destroyForcibly);
  }
}
