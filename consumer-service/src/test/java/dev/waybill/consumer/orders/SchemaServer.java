package dev.waybill.consumer.orders;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;

/**
 * A registry that keeps schemas by id and GUID, and may be told to answer like one that is away.
 */
final class SchemaServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final List<String> schemas = new ArrayList<>();
  volatile int failsWith;

  SchemaServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /** A client that has seen nothing yet. */
  SchemaRegistry client() {
    return new SchemaRegistry(
        SchemaRegistryConfig.of("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  synchronized int add(Schema schema) {
    return id(schema.toString());
  }

  /** Of the schema of this id. */
  static UUID guid(int id) {
    return new UUID(0x1000, id);
  }

  private synchronized int id(String schema) {
    if (!schemas.contains(schema)) {
      schemas.add(schema);
    }
    return schemas.indexOf(schema) + 1;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      if (failsWith != 0) {
        send(exchange, failsWith, "{\"error_code\":" + failsWith + ",\"message\":\"away\"}");
      } else if (exchange.getRequestMethod().equals("POST")) {
        send(exchange, 200, "{\"id\":" + id(JSON.readTree(body).path("schema").asText()) + "}");
      } else {
        String name = path.substring(path.lastIndexOf('/') + 1);
        schema(
            exchange,
            path.startsWith("/schemas/guids/")
                ? (int) UUID.fromString(name).getLeastSignificantBits()
                : Integer.parseInt(name));
      }
    }
  }

  private synchronized void schema(HttpExchange exchange, int id) throws IOException {
    if (id < 1 || id > schemas.size()) {
      send(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
      return;
    }
    send(
        exchange,
        200,
        JsonNodeFactory.instance.objectNode().put("schema", schemas.get(id - 1)).toString());
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
