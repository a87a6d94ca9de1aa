package dev.waybill.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A registry over real HTTP that can be told what to answer next, and tells what it was asked. */
final class FakeRegistry implements AutoCloseable {
  record Request(String line, String rawPath, @Nullable String authorization, String body) {}

  private record Scripted(int status, String body) {}

  private static final int STALLS = -1;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  private final Queue<Scripted> script = new ConcurrentLinkedQueue<>();
  private final List<ObjectNode> schemas = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private final List<String> versions = Collections.synchronizedList(new ArrayList<>());

  FakeRegistry() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  SchemaRegistry client() {
    return new SchemaRegistry(SchemaRegistryConfig.of(url()));
  }

  /** Answers the next request like this, whatever it is; status 0 drops the connection. */
  FakeRegistry next(int status, String body) {
    script.add(new Scripted(status, body));
    return this;
  }

  /** Begins to answer the next request and never ends. */
  FakeRegistry stalls() {
    return next(STALLS, "");
  }

  /** Takes requests from now on, and answers them when {@link #release}d. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  void release() {
    gate.countDown();
  }

  List<Request> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** The JSON text of what was registered first, second, … */
  String registered(int id) {
    return schemas.get(id - 1).path("schema").asText();
  }

  /** Puts a schema there as another writer would. */
  synchronized int add(String subject, String schema, @Nullable JsonNode references, String type) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode().put("schema", schema);
    if (!type.equals("AVRO")) {
      entry.put("schemaType", type);
    }
    if (references != null) {
      entry.set("references", references);
    }
    versions.add(subject);
    int known = schemas.indexOf(entry);
    if (known >= 0) {
      return known + 1;
    }
    schemas.add(entry);
    return schemas.size();
  }

  @Override
  public void close() {
    closed.countDown();
    release();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      requests.add(
          new Request(
              exchange.getRequestMethod() + " " + path,
              exchange.getRequestURI().getRawPath(),
              exchange.getRequestHeaders().getFirst("Authorization"),
              body));
      gate.await();
      Scripted scripted = script.poll();
      if (scripted == null) {
        answer(exchange, path, body);
      } else if (scripted.status() == STALLS) {
        exchange.sendResponseHeaders(200, 1_000);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        closed.await();
      } else if (scripted.status() > 0) {
        send(exchange, scripted.status(), scripted.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange, String path, String body) throws IOException {
    Deque<String> parts = new ArrayDeque<>(List.of(path.substring(1).split("/")));
    if (parts.remove().equals("schemas")) {
      int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
      if (id < 1 || id > schemas.size()) {
        send(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema " + id + " not found\"}");
        return;
      }
      send(exchange, 200, schemas.get(id - 1).toString());
      return;
    }
    String subject = parts.remove();
    if (exchange.getRequestMethod().equals("GET")) {
      send(exchange, 200, schemas.get(versions.indexOf(subject)).toString());
      return;
    }
    String schema = JSON.readTree(body).path("schema").asText();
    if (parts.isEmpty() && !versions.contains(subject)) {
      send(exchange, 404, "{\"error_code\":40401,\"message\":\"Subject not found\"}");
      return;
    }
    send(exchange, 200, "{\"id\":" + add(subject, schema, null, "AVRO") + "}");
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
