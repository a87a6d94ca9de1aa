package dev.waybill.proof.world;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Stands before a registry, and answers for it when it is in a mood. Thread-safe. */
public final class RegistryFront implements AutoCloseable {
  private static final long SLOW_MILLIS = 3_000;

  /** How it answers. */
  public enum Mood {
    /** As the registry does. */
    WELL,
    /** As the registry does, after three seconds. */
    SLOW,
    /** Status 500. */
    FAILING,
    /** Status 401. */
    DENYING
  }

  private final HttpServer server;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final int registryPort;
  private volatile Mood mood = Mood.WELL;

  /** Listens on a free port of 127.0.0.1; nobody need listen on the registry's yet. */
  RegistryFront(int registryPort) {
    this.registryPort = registryPort;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Of what is asked from now on. */
  public void set(Mood next) {
    mood = next;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      switch (mood) {
        case FAILING -> exchange.sendResponseHeaders(500, -1);
        case DENYING -> exchange.sendResponseHeaders(401, -1);
        case WELL -> pass(exchange, body);
        case SLOW -> {
          TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS);
          pass(exchange, body);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A registry that is away makes this fail, and the connection is closed. */
  private void pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + registryPort + exchange.getRequestURI()))
            .timeout(Duration.ofSeconds(20))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type != null) {
      request.header("Content-Type", type);
    }
    HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
    answer
        .headers()
        .firstValue("Content-Type")
        .ifPresent(its -> exchange.getResponseHeaders().set("Content-Type", its));
    exchange.sendResponseHeaders(
        answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
