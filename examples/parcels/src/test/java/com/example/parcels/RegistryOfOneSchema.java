package com.example.parcels;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.apache.avro.Schema;

/** Answers as a schema registry does that has this schema under the id 1. */
final class RegistryOfOneSchema implements AutoCloseable {
  private final HttpServer server;

  RegistryOfOneSchema(Schema schema) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] answer = new ObjectMapper().writeValueAsBytes(Map.of("schema", schema.toString()));
    server.createContext(
        "/schemas/ids/1",
        exchange -> {
          exchange.sendResponseHeaders(200, answer.length);
          try (exchange) {
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
