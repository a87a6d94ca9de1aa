package dev.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.javalin.http.BadRequestResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceServerTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Metrics metrics = new Metrics();
  private final AtomicReference<Optional<String>> stuck = new AtomicReference<>(Optional.empty());
  private final Health health = new Health();
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch finish = new CountDownLatch(1);
  private final ServiceServer server =
      new ServiceServer(
          new HttpAddress("127.0.0.1", 0),
          health,
          metrics.registry(),
          config -> {
            config.routes.get(
                "/refuses",
                context -> {
                  throw new BadRequestResponse("no such colour");
                });
            config.routes.get(
                "/slow",
                context -> {
                  arrived.countDown();
                  finish.await();
                  context.result("done");
                });
            config.routes.get(
                "/fails",
                context -> {
                  throw new IllegalStateException("secret detail");
                });
          });

  private int port;

  @BeforeEach
  void start() {
    health.readyUnless("lane 0", stuck::get);
    server.start();
    port = server.port();
  }

  @AfterEach
  void stop() {
    server.close();
    metrics.close();
  }

  @Test
  void readinessNamesEachReason() throws Exception {
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    stuck.set(Optional.of("no database for 40 s"));
    HttpResponse<String> response = get("/health/ready");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("\"lane 0\":\"no database for 40 s\"");
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void livenessNamesWhatOnlyARestartCanHelp() throws Exception {
    health.liveUnless("streams", () -> Optional.of("failed 5 times in a row"));
    HttpResponse<String> response = get("/health/live");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("\"streams\":\"failed 5 times in a row\"");
  }

  @Test
  void metricsAreInPrometheusFormat() throws Exception {
    HttpResponse<String> response = get("/metrics");
    assertThat(response.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    assertThat(response.body()).contains("# TYPE jvm_memory_used_bytes gauge");
  }

  @Test
  void refusalsAreProblems() throws Exception {
    HttpResponse<String> response = get("/refuses");
    assertThat(response.statusCode()).isEqualTo(400);
    assertProblem(response);
    assertThat(response.body()).contains("\"detail\":\"no such colour\"");
  }

  @Test
  void unknownPathsAreProblems() throws Exception {
    HttpResponse<String> response = get("/nothing");
    assertThat(response.statusCode()).isEqualTo(404);
    assertProblem(response);
  }

  @Test
  void failuresDoNotTellTheirInsides() throws Exception {
    HttpResponse<String> response = get("/fails");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("Internal error").doesNotContain("secret");
  }

  @Test
  void closingFinishesTheRequestInProgress() throws Exception {
    var request = HttpRequest.newBuilder(uri("/slow")).build();
    var response = http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    arrived.await();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
    await().until(this::takesNoConnections);
    assertThat(closing).isNotDone();
    finish.countDown();

    assertThat(response.get(10, TimeUnit.SECONDS).body()).isEqualTo("done");
    closing.get(10, TimeUnit.SECONDS);
  }

  private boolean takesNoConnections() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !socket.isConnected();
    } catch (IOException refused) {
      return true;
    }
  }

  private static void assertProblem(HttpResponse<String> response) {
    assertThat(response.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri(path)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
