package dev.waybill.proof.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.proof.servers.HttpAnswers;
import dev.waybill.proof.servers.Servers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code examples/node}, which knows nothing of Java, between A, the relay and B. */
@ExtendWith(Servers.class)
@Timeout(300)
final class NodeTest {
  @Test
  void nodeReadsWhatTheRelayWroteAndBTakesOnceWhatNodeWroteTwice() throws Exception {
    try (WholePath path = WholePath.start();
        NodeSample node =
            NodeSample.installIn(
                Servers.folder().resolve(path.topic() + "-node"),
                Map.of(
                    "KAFKA_BOOTSTRAP_SERVERS", Servers.kafka().bootstrapServers(),
                    "SCHEMA_REGISTRY_URL", Servers.registry().url(),
                    "TOPIC", path.topic()))) {
      node.start("read.js");
      JsonNode placed = path.place();
      JsonNode paid = path.pay(placed);
      path.erase(placed);

      List<JsonNode> read = node.awaitLines("read.js", 3);
      assertEvent(read.get(0), "OrderPlaced", 1, placed);
      assertEvent(read.get(1), "OrderPaid", 2, paid);
      assertThat(read.get(1).path("value").path("paymentReference").asText()).isEqualTo("p-1");
      assertThat(read.get(2).path("type").asText()).isEqualTo("OrderErased");
      assertThat(read.get(2).path("value").isNull()).as("a tombstone").isTrue();

      JsonNode written = node.run("write.js");
      String id = written.path("id").asText();
      JsonNode order = written.path("value").path("order");
      HttpAnswers.awaitTexts(
          path.b() + "/events/" + id, "\"status\":\"applied\"", "\"duplicatesDropped\":1");
      HttpAnswers.awaitTexts(
          path.b() + "/orders/" + order.path("orderId").asText(),
          "\"PLACED\"",
          "\"version\":1",
          "\"amount\":\"59.9700\"",
          "\"unitPrice\":\"19.9900\"");
      HttpAnswers.awaitTexts(
          path.b() + "/metrics", "waybill_consumer_records_total{outcome=\"duplicate\"} 1.0");
      node.awaitComplaint("read.js", id + " again: dropped");
      JsonNode again = node.awaitLines("read.js", 4).get(3);
      assertThat(again.path("value")).isEqualTo(written.path("value"));
      assertPartition(again);
    }
  }

  /** What A answered is what Node read, to the last digit of amounts and times. */
  private static void assertEvent(JsonNode event, String type, long version, JsonNode order) {
    assertThat(event.path("type").asText()).isEqualTo(type);
    assertThat(event.path("version").asLong()).isEqualTo(version);
    assertThat(event.path("key").asText()).isEqualTo(order.path("id").asText());
    assertPartition(event);
    JsonNode read = event.path("value").path("order");
    assertThat(read.path("orderId")).isEqualTo(order.path("id"));
    for (String field : List.of("customerId", "status", "version", "lines", "total")) {
      assertThat(read.path(field)).as(field).isEqualTo(order.path(field));
    }
    for (String field : List.of("placedAt", "updatedAt")) {
      assertThat(Instant.parse(read.path(field).asText()))
          .as(field)
          .isEqualTo(Instant.parse(order.path(field).asText()));
    }
  }

  /** As Kafka's own clients choose it. */
  private static void assertPartition(JsonNode event) {
    assertThat(event.path("partition").asInt())
        .isEqualTo(
            BuiltInPartitioner.partitionForKey(
                event.path("key").asText().getBytes(UTF_8), WholePath.PARTITIONS));
  }
}
