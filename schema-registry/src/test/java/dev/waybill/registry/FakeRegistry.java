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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A registry over real HTTP that can be told what to answer next, and tells what it was asked. */
final class FakeRegistry implements AutoCloseable {
  record Request(String line, String rawPath, @Nullable String authorization, String body) {}

  private record Version(String subject, int id) {}

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
  private final List<Version> versions = Collections.synchronizedList(new ArrayList<>());

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
    if (!schemas.contains(entry)) {
      schemas.add(entry);
    }
    Version version = new Version(subject, schemas.indexOf(entry) + 1);
    if (!versions.contains(version)) {
      versions.add(version);
    }
    return version.id();
  }

  /** What the registry calls a schema that was registered first, second, … */
  static UUID guid(int id) {
    return new UUID(0xfeed_0000_0000_0000L, id);
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
    List<String> parts = List.of(path.substring(1).split("/"));
    String last = parts.get(parts.size() - 1);
    if (parts.get(0).equals("schemas")) {
      boolean guid = parts.get(1).equals("guids");
      int id =
          guid ? (int) UUID.fromString(last).getLeastSignificantBits() : Integer.parseInt(last);
      if (id < 1 || id > schemas.size()) {
        send(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema " + last + " not found\"}");
        return;
      }
      send(exchange, 200, schemas.get(id - 1).toString());
      return;
    }
    List<Integer> ids =
        versions.stream().filter(v -> v.subject().equals(parts.get(1))).map(Version::id).toList();
    boolean versions = parts.size() > 2;
    if (!ids.isEmpty() && exchange.getRequestMethod().equals("GET")) {
      send(exchange, 200, versions(ids, last));
      return;
    }
    JsonNode schema = JSON.readTree(body).path("schema");
    int known =
        ids.stream().filter(id -> registered(id).equals(schema.asText())).findAny().orElse(0);
    if (schema.isMissingNode() || (!versions && known == 0)) {
      int code = ids.isEmpty() ? 40401 : 40403;
      send(exchange, 404, "{\"error_code\":" + code + ",\"message\":\"Subject not found\"}");
      return;
    }
    int id = known > 0 ? known : add(parts.get(1), schema.asText(), null, "AVRO");
    send(exchange, 200, "{\"id\":" + id + "}");
  }

  /** Of a subject: all numbers, or one. */
  private String versions(List<Integer> ids, String which) {
    if (which.equals("versions")) {
      return IntStream.rangeClosed(1, ids.size()).boxed().toList().toString();
    }
    int id = ids.get(Integer.parseInt(which) - 1);
    return schemas.get(id - 1).deepCopy().put("id", id).toString();
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
