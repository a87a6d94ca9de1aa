package dev.waybill.bench;

import dev.waybill.relay.OutboxRelay;
import dev.waybill.stack.ChildJvm;
import dev.waybill.stack.JvmCommand;
import dev.waybill.stack.Ports;
import java.io.IOException;
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
final class RelayProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  private final ChildJvm process;
  private final URI ready;

  private RelayProcess(ChildJvm process, URI ready) {
    this.process = process;
    this.ready = ready;
  }

  /** Starts the relay; blocks until it says that it is ready. */
  static RelayProcess start(Stage stage, String name, Map<String, String> environment)
      throws InterruptedException {
    int port = Ports.free();
    Map<String, String> withPort = new TreeMap<>(environment);
    withPort.put("HTTP_PORT", Integer.toString(port));
    ChildJvm process =
        ChildJvm.start(
            new JvmCommand(
                name,
                OutboxRelay.class.getName(),
                RelayRun.JVM,
                List.of(),
                withPort,
                stage.folder().resolve(name + "-relay.log")));
    RelayProcess relay =
        new RelayProcess(process, URI.create("http://127.0.0.1:" + port + "/health/ready"));
    relay.awaitReady();
    return relay;
  }

  private void awaitReady() throws InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!answers(client)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.kill();
        throw new IllegalStateException("the relay is not ready:\n" + process.lastWords());
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private boolean answers(HttpClient client) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Fails when the relay has ended meanwhile. */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException("the relay ended:\n" + process.lastWords());
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
