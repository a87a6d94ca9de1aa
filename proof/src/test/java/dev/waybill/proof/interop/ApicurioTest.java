package dev.waybill.proof.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.consumer.Consumer;
import dev.waybill.orders.OrderEvent;
import dev.waybill.proof.servers.ContainersOnly;
import dev.waybill.proof.servers.HttpAnswers;
import dev.waybill.proof.servers.Servers;
import dev.waybill.registry.AvroDeserializer;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.registry.WireFormat;
import dev.waybill.relay.Relay;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Apicurio's API and classes, in the versions of their own, on either side of the topic. */
@ExtendWith(Servers.class)
@ContainersOnly("the embedded registry has no API but Confluent's")
final class ApicurioTest {
  /** What a user of Apicurio's serializer may have chosen. */
  enum Choice {
    REGISTERS_THE_WHOLE_SCHEMA(true, true),
    REGISTERS_TYPES_THAT_REFER_TO_EACH_OTHER(true, false),
    FINDS_WHAT_THE_RELAY_REGISTERED(false, false);

    private final boolean registers;
    private final boolean dereferences;

    Choice(boolean registers, boolean dereferences) {
      this.registers = registers;
      this.dereferences = dereferences;
    }

    Map<String, Object> settings() {
      return Map.of(
          "apicurio.registry.auto-register", registers,
          "apicurio.registry.find-latest", !registers,
          "apicurio.registry.dereference-schema", dereferences);
    }
  }

  private final OrdersWorld world = new OrdersWorld();
  private final OrderEvent placed = Orders.placed();

  @Test
  void schemaOfTheRelaysRecordIsReadByItsIdThroughBothRestApis() throws Exception {
    try (Relay relay = world.startRelay()) {
      world.commit(placed);
      byte[] value = world.firstRecord(new ByteArrayDeserializer()).value();
      int id = WireFormat.schemaId(value);

      String confluent = RegistryHttp.get(Servers.registry().url() + "/schemas/ids/" + id);
      String apicurio = RegistryHttp.get(RegistryHttp.apicurioUrl() + "/ids/contentIds/" + id);
      assertThat(canonical(new JsonMapper().readTree(confluent).path("schema").asText()))
          .isEqualTo(canonical(OrderEvent.getClassSchema().toString()));
      assertThat(canonical(apicurio)).isEqualTo(canonical(OrderEvent.getClassSchema().toString()));
      assertThat(relay.httpPort()).isPositive();
    }
  }

  @Test
  void apicuriosDeserializerReadsWhatTheRelayWrites() throws Exception {
    try (Relay relay = world.startRelay();
        AvroKafkaDeserializer<GenericRecord> apicurio = new AvroKafkaDeserializer<>()) {
      apicurio.configure(settings(Map.of()), false);
      world.commit(placed);

      GenericRecord read = world.firstRecord(apicurio).value();
      assertThat(read.get("type")).hasToString("PLACED");
      GenericRecord order = (GenericRecord) read.get("order");
      assertThat(order.get("orderId")).hasToString(OrdersWorld.key(placed));
      assertThat(order.get("version")).isEqualTo(1L);
      assertThat(((GenericRecord) order.get("total")).get("currency")).hasToString("EUR");
      assertThat(relay.httpPort()).isPositive();
    }
  }

  /**
   * Not with types that refer to each other: a registry that checks compatibility refuses them as a
   * new version.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REGISTERS_TYPES_THAT_REFER_TO_EACH_OTHER")
  void bAppliesWhatApicuriosSerializerWritesAfterWhatTheRelayPublished(Choice choice)
      throws Exception {
    OrderEvent paid = Orders.paid(placed);
    try (Relay relay = world.startRelay();
        Consumer b = world.startB()) {
      world.commit(placed);
      awaitOrder(b, "\"PLACED\"");

      try (AvroKafkaSerializer<GenericRecord> apicurio = new AvroKafkaSerializer<>()) {
        apicurio.configure(settings(choice.settings()), false);
        world.write(paid, apicurio);
      }

      awaitOrder(b, "\"PAID\"");
      assertThat(relay.httpPort()).isPositive();
    }
  }

  /** As docs/consumer.md says; what it gives to the JVM is given here to Avro. */
  @Test
  void bDecodesWithApicuriosDeserializer() throws Exception {
    ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
    ClassSecurityValidator.setGlobal(type -> true);
    try (Relay relay = world.startRelay();
        Consumer b =
            world.startB(
                Map.of(
                    "CONSUMER_VALUE_DESERIALIZER",
                    AvroKafkaDeserializer.class.getName(),
                    "CONSUMER_VALUE_DESERIALIZER_APICURIO_REGISTRY_URL",
                    RegistryHttp.apicurioUrl(),
                    "CONSUMER_VALUE_DESERIALIZER_APICURIO_REGISTRY_USE__SPECIFIC__AVRO__READER",
                    "true"))) {
      world.commit(placed);

      awaitOrder(b, "\"PLACED\"");
      assertThat(relay.httpPort()).isPositive();
    } finally {
      ClassSecurityValidator.setGlobal(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void ourDeserializerReadsWhatApicuriosSerializerWrites(Choice choice) {
    String topic = Servers.newName();
    try (AvroKafkaSerializer<GenericRecord> apicurio = new AvroKafkaSerializer<>();
        SchemaRegistry registry =
            new SchemaRegistry(SchemaRegistryConfig.of(Servers.registry().url()));
        AvroDeserializer<OrderEvent> ours = new AvroDeserializer<>(registry, OrderEvent.class)) {
      if (choice == Choice.FINDS_WHAT_THE_RELAY_REGISTERED) {
        registry.register(topic + "-value", OrderEvent.getClassSchema());
      }
      apicurio.configure(settings(choice.settings()), false);

      byte[] value = apicurio.serialize(topic, Orders.generic(placed));

      assertThat(ours.deserialize(topic, value)).isEqualTo(placed);
    }
  }

  private static Map<String, Object> settings(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("apicurio.registry.url", RegistryHttp.apicurioUrl());
    return settings;
  }

  /** Without what generated classes add for Java. */
  private static String canonical(String schema) {
    return SchemaNormalization.toParsingForm(new Schema.Parser().parse(schema));
  }

  private void awaitOrder(Consumer b, String text) {
    HttpAnswers.awaitTexts(
        "http://127.0.0.1:" + b.httpPort() + "/orders/" + OrdersWorld.key(placed), text);
  }
}
