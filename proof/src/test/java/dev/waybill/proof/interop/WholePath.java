package dev.waybill.proof.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.consumer.Consumer;
import dev.waybill.producer.Producer;
import dev.waybill.proof.servers.Servers;
import dev.waybill.relay.Relay;
import dev.waybill.runtime.Closer;
import dev.waybill.runtime.Settings;
import dev.waybill.stack.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** A, its relay and B, in this process: one test's own. */
final class WholePath implements AutoCloseable {
  /** More than one, so that whoever chooses another than the relay does is found out. */
  static final int PARTITIONS = 5;

  private final String name = Servers.newName();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Closer closer = new Closer();
  private final String a;
  private final String relay;
  private final String b;

  private WholePath() throws SQLException, InterruptedException {
    Map<String, String> environment = new HashMap<>(Servers.settingsOfB(name));
    environment.putAll(Servers.settingsOfRelay(name));
    environment.put("DATABASE_URL", Servers.newDatabase(name));
    environment.put("DATABASE_USER", PostgresServer.USER);
    environment.put("RELAY_TOPIC_PARTITIONS", Integer.toString(PARTITIONS));
    Settings settings = new Settings(environment);
    try {
      this.a = url(closer.add(Producer.start(settings)).httpPort());
      this.relay = url(closer.add(Relay.start(settings)).httpPort());
      this.b = url(closer.add(Consumer.start(settings)).httpPort());
    } catch (Exception failure) {
      closer.close();
      throw failure;
    }
  }

  /** Starts the three, in the order of an event's path. */
  static WholePath start() throws SQLException, InterruptedException {
    return new WholePath();
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  String topic() {
    return name + ".events";
  }

  /** A's address. */
  String a() {
    return a;
  }

  String relay() {
    return relay;
  }

  /** B's address. */
  String b() {
    return b;
  }

  /** Has A place an order of two lines; returns what A answers. */
  JsonNode place() throws IOException, InterruptedException {
    return post(
        "/orders",
        """
        {"customerId": "018f2f6e-7d2a-7c3e-9b1a-3f5d8e6c4b2a", "currency": "EUR", "lines": [
          {"sku": "tea", "quantity": 2, "unitPrice": "4.50"},
          {"sku": "Kännchen", "quantity": 1, "unitPrice": "999999.9999"}]}
        """);
  }

  /** Has A take the payment; returns the order. */
  JsonNode pay(JsonNode order) throws IOException, InterruptedException {
    return post("/orders/" + order.path("id").asText() + "/pay", "{\"paymentReference\": \"p-1\"}");
  }

  void erase(JsonNode order) throws IOException, InterruptedException {
    assertThat(send(request("/orders/" + order.path("id").asText()).DELETE()).statusCode())
        .isEqualTo(204);
  }

  private JsonNode post(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request(path).POST(BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    return new JsonMapper().readTree(answer.body());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(a + path)).header("Content-Type", "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    closer.close();
  }
}
