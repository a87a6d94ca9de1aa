package dev.waybill.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.registry.example.Parcel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** The code of {@code docs/schema-registry.md}, compiled and run. */
final class DocumentedExampleTest {
  @Test
  void exampleOfThePageWorks() {
    try (FakeRegistry server = new FakeRegistry()) {
      String registryUrl = server.url();
      String kafka = "127.0.0.1:1"; // nothing is sent
      // <page>
      // Any Kafka client: the class and where the registry is. Every other key is optional.
      Map<String, Object> settings = new HashMap<>();
      settings.put("bootstrap.servers", kafka);
      settings.put("schema.registry.url", registryUrl);
      settings.put("basic.auth.user.info", "user:password");

      settings.put("key.serializer", StringSerializer.class);
      settings.put("value.serializer", AvroSerializer.class);
      var producer = new KafkaProducer<String, Parcel>(settings);

      settings.put("key.deserializer", StringDeserializer.class);
      settings.put("value.deserializer", AvroDeserializer.class);
      settings.put("specific.avro.reader", true);
      var consumer = new KafkaConsumer<String, Parcel>(settings);

      // Or, without configuration: one client of the registry for all serdes of an application.
      SchemaRegistry registry = new SchemaRegistry(SchemaRegistryConfig.of(registryUrl));
      AvroSerde<Parcel> parcels = new AvroSerde<>(registry, Parcel.class);
      byte[] value = parcels.serializer().serialize("parcels", Parcels.parcel(2));
      Parcel read = parcels.deserializer().deserialize("parcels", value);
      // </page>

      assertThat(read).isEqualTo(Parcels.parcel(2));
      producer.close(Duration.ZERO);
      consumer.close();
      registry.close();
    }
  }

  @Test
  void pageShowsExactlyThisCode() throws Exception {
    String page = Files.readString(Path.of("../docs/schema-registry.md"));
    String source =
        Files.readString(Path.of("src/test/java/dev/waybill/registry/DocumentedExampleTest.java"));
    String code =
        source.substring(source.indexOf("// <page>\n") + 10, source.indexOf("// </page>"));

    assertThat(page)
        .contains(
            code.stripTrailing()
                .lines()
                .map(line -> line.isEmpty() ? line : line.substring(6))
                .collect(Collectors.joining("\n")));
  }

  /** Those that are read, and those that are refused. */
  @Test
  void pageNamesEveryKey() throws Exception {
    String page = Files.readString(Path.of("../docs/schema-registry.md"));

    assertThat(page)
        .contains(
            SerdeConfig.URL,
            SerdeConfig.AUTO_REGISTER,
            SerdeConfig.SPECIFIC,
            "specific.avro.value.type",
            "specific.avro.key.type",
            SerdeConfig.LOGICAL_TYPES,
            "value." + SerdeConfig.SUBJECT_STRATEGY,
            "key." + SerdeConfig.SUBJECT_STRATEGY,
            SerdeConfig.CREDENTIALS_SOURCE,
            SerdeConfig.USER_INFO,
            SerdeConfig.READ_TIMEOUT)
        .contains(Keys.UNSUPPORTED);
  }
}
