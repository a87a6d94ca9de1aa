package dev.waybill.proof.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.uuid.Generators;
import dev.waybill.stack.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** What happens in a stack while somebody looks at its console. */
final class Shop {
  private static final String ORDER =
      """
      {"customerId": "0198c0de-0000-7000-8000-000000000001", "currency": "EUR",
       "lines": [{"sku": "book", "quantity": 1, "unitPrice": "12.50"}]}
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final LocalStack stack;

  Shop(LocalStack stack) {
    this.stack = stack;
  }

  /** An event's id of now: B remembers what became of it. */
  static String newId() {
    return Generators.timeBasedEpochRandomGenerator().generate().toString();
  }

  /** Places an order with A; returns its id. */
  String place() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stack.producer().url() + "/orders"))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(ORDER))
            .build();
    String answer = http.send(request, BodyHandlers.ofString()).body();
    return JsonMapper.builder().build().readTree(answer).findPath("id").asText();
  }

  /** Gives an order another status behind Waybill's back. */
  void changeByHand(String order, String status) throws SQLException {
    change("UPDATE orders SET status = ? WHERE order_id = ?::uuid", status, order);
  }

  /** Gives the event of an order a schema that nobody has. */
  void breakEvent(String order) throws SQLException {
    change("UPDATE outbox_event SET schema_id = 4711 WHERE aggregate_id = ?", order);
  }

  /** As if the order had never been placed: other tests compare A with B. */
  void forget(String order) throws SQLException {
    change("DELETE FROM orders WHERE order_id = ?::uuid", order);
    change("DELETE FROM outbox_event WHERE aggregate_id = ?", order);
  }

  private void change(String sql, String... values) throws SQLException {
    try (Connection connection = stack.postgres().dataSource().getConnection();
        PreparedStatement change = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        change.setString(i + 1, values[i]);
      }
      if (change.executeUpdate() != 1) {
        throw new AssertionError("not one row: " + sql + " " + List.of(values));
      }
    }
  }

  /** Writes a record into the topic that B will refuse, with these headers, too. */
  void poison(String key, Map<String, String> headers) throws Exception {
    write(key, "poison".getBytes(UTF_8), headers);
  }

  /** Writes a tombstone into the topic. */
  void erase(String key, Map<String, String> headers) throws Exception {
    write(key, null, headers);
  }

  private void write(String key, byte @Nullable [] value, Map<String, String> headers)
      throws Exception {
    Headers all = new RecordHeaders();
    headers.forEach((name, text) -> all.add(name, text.getBytes(UTF_8)));
    Map<String, Object> config =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafka().bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      RecordMetadata unused =
          producer
              .send(new ProducerRecord<>("orders.events", null, key.getBytes(UTF_8), value, all))
              .get();
    }
  }
}
