package dev.waybill.proof.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.orders.OrderEvent;
import dev.waybill.proof.servers.Servers;
import dev.waybill.registry.AvroDeserializer;
import dev.waybill.registry.AvroSerializer;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.registry.SchemaRejectedException;
import dev.waybill.registry.UnknownSchemaException;
import dev.waybill.registry.WireFormat;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The client against a real registry; another client is asked, because one remembers. */
@ExtendWith(Servers.class)
final class RegistryClientTest {
  private static final int NOBODYS_ID = 1_000_000_007;

  private final String topic = Servers.newName();
  private final String subject = topic + "-value";
  private final SchemaRegistry registry = client();
  private final SchemaRegistry another = client();

  private static SchemaRegistry client() {
    return new SchemaRegistry(SchemaRegistryConfig.of(Servers.registry().url()));
  }

  private Schema parcel(String field) {
    return SchemaBuilder.record("Parcel").namespace(topic).fields().requiredInt(field).endRecord();
  }

  @AfterEach
  void close() {
    registry.close();
    another.close();
  }

  @Test
  void schemaIsRegisteredOnceAndReadByItsId() {
    int id = registry.register(subject, parcel("grams"));

    assertThat(another.register(subject, parcel("grams"))).isEqualTo(id);
    assertThat(another.lookUp(subject, parcel("grams"))).isEqualTo(id);
    assertThat(another.register("another-" + subject, parcel("grams"))).isEqualTo(id);
    assertThat(another.schema(id)).isEqualTo(parcel("grams"));
  }

  @Test
  void whatNobodyRegisteredIsNotThere() {
    assertThatThrownBy(() -> registry.lookUp(subject, parcel("grams")))
        .isInstanceOf(SchemaRejectedException.class);
    registry.register(subject, parcel("grams"));
    assertThatThrownBy(() -> registry.lookUp(subject, parcel("ounces")))
        .isInstanceOf(SchemaRejectedException.class);
    assertThatThrownBy(() -> registry.schema(NOBODYS_ID))
        .isInstanceOf(UnknownSchemaException.class);
  }

  @Test
  void incompatibleSchemaIsRejectedAtTheLevelOfItsSubject() throws Exception {
    registry.register(subject, parcel("grams"));
    RegistryHttp.setLevel(subject, "BACKWARD");
    assertThatThrownBy(() -> registry.register(subject, parcel("ounces")))
        .isInstanceOf(SchemaRejectedException.class)
        .hasMessageContaining(subject)
        .hasMessageContaining("ounces");

    RegistryHttp.setLevel(subject, "NONE");

    assertThat(another.schema(registry.register(subject, parcel("ounces"))))
        .isEqualTo(parcel("ounces"));
  }

  @Test
  void writtenValueIsReadWithTheSchemaOfItsId() {
    OrderEvent placed = Orders.placed();
    try (AvroSerializer<OrderEvent> serializer = new AvroSerializer<>(registry);
        AvroDeserializer<OrderEvent> deserializer =
            new AvroDeserializer<>(another, OrderEvent.class)) {
      byte[] value = serializer.serialize(topic, placed);

      assertThat(WireFormat.schemaId(value))
          .isEqualTo(another.lookUp(subject, OrderEvent.getClassSchema()));
      assertThat(deserializer.deserialize(topic, value)).isEqualTo(placed);
    }
  }
}
