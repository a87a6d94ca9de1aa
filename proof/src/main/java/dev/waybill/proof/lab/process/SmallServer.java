package dev.waybill.proof.lab.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** HTTP for a process of the lab, and its health. */
final class SmallServer {
  private static final int THREADS = 24;

  private final HttpServer server;

  private SmallServer(HttpServer server) {
    this.server = server;
  }

  /** What is answered to a request's body, and to its query. */
  @FunctionalInterface
  interface Route {
    Answer of(String query, String body) throws IOException;
  }

  record Answer(int status, String words) {}

  /**
   * Binds, and answers nothing yet.
   *
   * @param ready whether it can do its work
   */
  static SmallServer on(int port, BooleanSupplier ready) throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newFixedThreadPool(THREADS));
    return new SmallServer(server)
        .route(
            "/health/ready",
            (query, body) ->
                ready.getAsBoolean() ? new Answer(200, "ready") : new Answer(503, "starting"));
  }

  SmallServer route(String path, Route route) {
    server.createContext(path, exchange -> answer(exchange, route));
    return this;
  }

  void start() {
    server.start();
  }

  private static void answer(HttpExchange exchange, Route route) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String query = exchange.getRequestURI().getQuery();
      Answer answer = route.of(query == null ? "" : query, body);
      byte[] words = answer.words().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), words.length == 0 ? -1 : words.length);
      if (words.length > 0) {
        exchange.getResponseBody().write(words);
      }
    }
  }
}
