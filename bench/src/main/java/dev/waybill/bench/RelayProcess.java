package dev.waybill.bench;

import dev.waybill.relay.OutboxRelay;
import dev.waybill.stack.ChildJvm;
import dev.waybill.stack.JvmCommand;
import dev.waybill.stack.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The relay as it runs in production, in a process of its own. */
final class RelayProcess implements Mover.Running {
  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  private final ChildJvm process;
  private final URI http;
  private final HttpClient client = HttpClient.newHttpClient();

  private RelayProcess(ChildJvm process, URI http) {
    this.process = process;
    this.http = http;
  }

  /** Starts the relay; blocks until it says that it is ready. */
  static RelayProcess start(Stage stage, String name, Map<String, String> environment)
      throws InterruptedException {
    RelayProcess relay = launch(stage, name, environment);
    relay.awaitReady();
    return relay;
  }

  /** Starts the relay; returns at once. */
  static RelayProcess launch(Stage stage, String name, Map<String, String> environment) {
    int port = Ports.free();
    Map<String, String> withPort = new TreeMap<>(environment);
    withPort.put("HTTP_PORT", Integer.toString(port));
    withPort.put("RELAY_INSTANCE", name); // The same after a restart, as in production.
    ChildJvm process =
        ChildJvm.start(
            new JvmCommand(
                name,
                OutboxRelay.class.getName(),
                RelayRun.JVM,
                List.of(),
                withPort,
                stage.folder().resolve(name + "-relay.log")));
    return new RelayProcess(process, URI.create("http://127.0.0.1:" + port));
  }

  private void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.kill();
        throw new IllegalStateException("the relay is not ready:\n" + process.lastWords());
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get("/health/ready").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(http.resolve(path)).timeout(Duration.ofSeconds(5)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public long pid() {
    return process.pid();
  }

  /** By its own count of commits. */
  @Override
  public double commits() {
    try {
      return commits(Metrics.of(http.toString()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the relay was asked", interrupted);
    }
  }

  /** The sum over the lanes, in Prometheus' text. */
  static double commits(String metrics) {
    return Metrics.sum(metrics, "waybill_relay_commit_seconds_count");
  }

  @Override
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException("the relay ended:\n" + process.lastWords());
    }
  }

  /** Ends the process with SIGKILL. */
  void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
