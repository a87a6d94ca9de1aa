package dev.waybill.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.consumer.orders.OrderFormat;
import dev.waybill.deduplication.NotDecodableException;
import dev.waybill.registry.AvroDeserializer;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.runtime.Settings;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class ValueDeserializerTest {
  private static final RegistrySettings SETTINGS =
      new RegistrySettings("http://registry:8081", "b:secret");

  /** Somebody else's class for the wire format. */
  public static final class Others implements Deserializer<Object> {
    Map<String, ?> config = Map.of();

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
      assertThat(isKey).isFalse();
      config = configs;
    }

    @Override
    public Object deserialize(String topic, byte[] data) {
      return data;
    }
  }

  @Test
  void ownClassIsTheDefault() {
    assertThat(open(ValueDeserializer.OURS)).isInstanceOf(AvroDeserializer.class);
  }

  @Test
  void anotherClassIsConfiguredWithConfluentsKeys() {
    Deserializer<?> opened = open(ValueDeserializer.named(Others.class.getName()));

    assertThat(opened).isInstanceOf(Others.class);
    assertThat(((Others) opened).config)
        .isEqualTo(
            Map.of(
                "schema.registry.url", "http://registry:8081",
                "specific.avro.reader", true,
                "basic.auth.credentials.source", "USER_INFO",
                "basic.auth.user.info", "b:secret"));
  }

  /** Somebody else's class to whom headers say what a value is. */
  public static final class ByHeaders implements Deserializer<Object> {
    @Override
    public Object deserialize(String topic, byte[] data) {
      throw new SerializationException("no headers");
    }

    @Override
    public Object deserialize(String topic, Headers headers, byte[] data) {
      throw new SerializationException(new String(headers.lastHeader("form").value(), UTF_8));
    }
  }

  @Test
  void headersReachAnotherClass() {
    OrderFormat format =
        new OrderFormat(open(ValueDeserializer.named(ByHeaders.class.getName())), 1_000);
    Headers headers = new RecordHeaders().add("form", "read by its header".getBytes(UTF_8));

    assertThatThrownBy(() -> format.decode("orders.events", new byte[36], new byte[1], headers, 1))
        .isInstanceOf(NotDecodableException.class)
        .hasMessage("read by its header");
  }

  @Test
  void anotherClassIsGivenItsOwnKeysToo() {
    Settings settings =
        new Settings(
            Map.of(
                "CONSUMER_VALUE_DESERIALIZER", Others.class.getName(),
                "CONSUMER_VALUE_DESERIALIZER_APICURIO_REGISTRY_USE__SPECIFIC__AVRO__READER", "true",
                "CONSUMER_VALUE_DESERIALIZER_SCHEMA_REGISTRY_URL", "http://another:8081"));

    Deserializer<?> opened = open(ValueDeserializer.from(settings));

    settings.verify();
    assertThat(((Others) opened).config.get("apicurio.registry.use-specific-avro-reader"))
        .isEqualTo("true");
    assertThat(((Others) opened).config.get("schema.registry.url"))
        .isEqualTo("http://another:8081");
  }

  @Test
  void ownClassHasNoKeysBesides() {
    Settings settings = new Settings(Map.of("CONSUMER_VALUE_DESERIALIZER_A_PASSWORD", "secret"));

    assertThat(ValueDeserializer.from(settings).toString()).doesNotContain("secret");
    assertThatThrownBy(settings::verify)
        .hasMessageContaining("CONSUMER_VALUE_DESERIALIZER_… is for another class")
        .hasMessageNotContaining("secret");
  }

  private static Deserializer<?> open(ValueDeserializer deserializer) {
    try (SchemaRegistry registry =
        new SchemaRegistry(SchemaRegistryConfig.of("http://127.0.0.1:1"))) {
      return deserializer.open(registry, SETTINGS);
    }
  }
}
