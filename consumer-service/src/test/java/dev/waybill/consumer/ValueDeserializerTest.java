package dev.waybill.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.registry.AvroDeserializer;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import java.util.Map;
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

  private static Deserializer<?> open(ValueDeserializer deserializer) {
    try (SchemaRegistry registry =
        new SchemaRegistry(SchemaRegistryConfig.of("http://127.0.0.1:1"))) {
      return deserializer.open(registry, SETTINGS);
    }
  }
}
