package dev.waybill.relay.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.relay.source.OutboxRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventsTest {
  private static final UUID ID = UUID.fromString("01970000-0000-7000-8000-000000000001");

  @Test
  void describesTheEventAsCloudEventsKafkaBindingSays() {
    assertThat(headers("{}"))
        .containsExactly(
            Map.entry("ce_specversion", "1.0"),
            Map.entry("ce_id", ID.toString()),
            Map.entry("ce_source", "/waybill/orders"),
            Map.entry("ce_type", "OrderPaid"),
            Map.entry("ce_subject", "bestellung-ı-1"),
            Map.entry("ce_time", "2026-01-31T12:00:00.123456Z"),
            Map.entry("ce_sequence", "3"),
            Map.entry("content-type", "application/avro"));
  }

  @Test
  void copiesTheRowsOwnHeaders() {
    assertThat(headers("{\"traceparent\":\"00-ü-01\",\"b\":\"\"}"))
        .containsEntry("traceparent", "00-ü-01")
        .containsEntry("b", "");
  }

  @Test
  void headerThatIsNoTextIsItsJson() {
    assertThat(
            headers(
                "{\"n\": 1.50, \"o\": {\"a\": [1, \"x\"]}, \"t\": true, \"e\": {}, \"z\": null,"
                    + " \"\": -0}"))
        .containsEntry("n", "1.50")
        .containsEntry("o", "{\"a\": [1, \"x\"]}")
        .containsEntry("t", "true")
        .containsEntry("e", "{}")
        .containsEntry("z", "null")
        .containsEntry("", "-0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[1,{\"a\":2}]", "null", "\"text\"", "4.5"})
  void headersThatAreNoObjectHaveNoNames(String own) {
    assertThat(headers(own)).isEqualTo(headers("{}"));
  }

  @Test
  void whatNoParserWouldReadIsCopiedLikeTheRest() {
    String number = "9".repeat(100_000);
    String deep = "[".repeat(5_000) + "]".repeat(5_000);
    String name = "n".repeat(200_000);

    assertThat(headers("{\"a\": %s, \"b\": %s, \"%s\": \"\"}".formatted(number, deep, name)))
        .containsEntry("a", number)
        .containsEntry("b", deep)
        .containsEntry(name, "");
  }

  @Test
  void timeThatCannotBeSaidIsLeftOut() {
    assertThat(headers("{}", null)).hasSize(7).doesNotContainKey("ce_time");
  }

  @Test
  void namesThatAreWrittenHereCannotBeForged() {
    Map<String, String> headers =
        headers("{\"ce_id\":\"x\",\"CE_type\":\"x\",\"Content-Type\":\"x\",\"cell\":\"kept\"}");

    assertThat(headers).hasSize(9).containsEntry("ce_id", ID.toString());
    assertThat(headers).containsEntry("cell", "kept");
  }

  private static Map<String, String> headers(String own) {
    return headers(own, Instant.parse("2026-01-31T12:00:00.123456Z"));
  }

  private static Map<String, String> headers(String own, @Nullable Instant occurredAt) {
    OutboxRow row =
        new OutboxRow(
            1,
            ID,
            "bestellung-ı-1".getBytes(UTF_8),
            3,
            "OrderPaid",
            1,
            new byte[0],
            own,
            occurredAt,
            null);
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : new CloudEvents("/waybill/orders").headers(row)) {
      headers.put(header.key(), new String(header.value(), UTF_8));
    }
    return headers;
  }
}
