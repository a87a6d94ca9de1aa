package dev.waybill.relay.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.relay.cursor.PublishedTopic;
import dev.waybill.relay.source.OutboxRow;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of which no record can be made. No registry is asked: there is none. */
class EventRecordsTest {
  private final SchemaRegistry registry =
      new SchemaRegistry(SchemaRegistryConfig.of("http://127.0.0.1:1"));

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void schemaThatIsMissingIsTheRowsFault() {
    assertThatThrownBy(() -> records(null).of(row(7, new byte[1], null)))
        .isInstanceOf(UnusableEventException.class)
        .hasMessage("outbox_schema has no schema_id 7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"type\": \"record\"}", "null", "[]x", "\"no such type\""})
  void schemaThatIsNoneIsTheRowsFault(String json) {
    assertThatThrownBy(() -> records(json).of(row(7, new byte[1], null)))
        .isInstanceOf(UnusableEventException.class)
        .hasMessage("schema_id 7 is no Avro schema");
  }

  @Test
  void payloadWithoutASchemaIsNoTombstone() {
    assertThatThrownBy(() -> records(null).of(row(null, new byte[1], null)))
        .isInstanceOf(UnusableEventException.class)
        .hasMessageContaining("no schema_id");
  }

  @Test
  void flawOfARowIsSaid() {
    assertThatThrownBy(() -> records(null).of(row(null, null, "too large")))
        .isInstanceOf(UnusableEventException.class)
        .hasMessage("too large");
  }

  @Test
  void rowWithoutPayloadIsATombstone() throws Exception {
    assertThat(records(null).of(row(null, null, null)).value()).isNull();
  }

  private EventRecords records(@Nullable String schemaJson) {
    return new EventRecords(
        new RelayTopic(new PublishedTopic("events", "id", 6), 1 << 20),
        "/a",
        new SchemaIds(id -> Optional.ofNullable(schemaJson), registry, "events-value"));
  }

  private static OutboxRow row(
      @Nullable Integer schemaId, byte @Nullable [] payload, @Nullable String flaw) {
    return new OutboxRow(
        1, UUID.randomUUID(), "a".getBytes(UTF_8), 1, "T", schemaId, payload, "{}", null, flaw);
  }
}
