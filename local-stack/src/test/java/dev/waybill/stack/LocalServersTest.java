package dev.waybill.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.registry.SchemaRejectedException;
import dev.waybill.stack.registry.LocalRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers are real ones: what was acknowledged survives their end. */
final class LocalServersTest {
  private static final TopicPartition PARTITION = new TopicPartition("parcels", 0);

  @TempDir Path folder;

  @Test
  void postgresKeepsItsDataAcrossARestart() {
    try (LocalPostgres postgres = LocalPostgres.start(folder.resolve("postgres"), 0)) {
      DSLContext database = DSL.using(postgres.dataSource(), SQLDialect.POSTGRES);
      database.execute("CREATE TABLE parcel AS SELECT 7 AS grams");
      assertThat(database.fetchValue("SHOW fsync")).isEqualTo("on");
      assertThat(database.fetchValue("SHOW synchronous_commit")).isEqualTo("on");

      postgres.stop();
      postgres.start();

      assertThat(
              DSL.using(postgres.dataSource(), SQLDialect.POSTGRES)
                  .fetchValue("SELECT grams FROM parcel"))
          .isEqualTo(7);
    }
  }

  @Test
  void postgresKeepsWhatItAcknowledgedWhenItIsKilled() {
    try (LocalPostgres postgres = LocalPostgres.start(folder.resolve("postgres"), 0)) {
      DSL.using(postgres.dataSource(), SQLDialect.POSTGRES)
          .execute("CREATE TABLE parcel AS SELECT 7 AS grams");

      postgres.kill();
      postgres.kill();
      postgres.start();

      assertThat(
              DSL.using(postgres.dataSource(), SQLDialect.POSTGRES)
                  .fetchValue("SELECT grams FROM parcel"))
          .isEqualTo(7);
    }
  }

  @Test
  void kafkaKeepsWhatItAcknowledgedWhenItIsKilled() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"), 0)) {
      Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
      try (Admin admin = Admin.create(client)) {
        admin.createTopics(List.of(new NewTopic("parcels", 1, (short) 1))).all().get();
      }
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
        producer.send(new ProducerRecord<>("parcels", "sent".getBytes(UTF_8))).get();
      }

      kafka.kill();
      kafka.start();

      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        consumer.assign(List.of(PARTITION));
        consumer.seekToBeginning(List.of(PARTITION));
        assertThat(consumer.poll(Duration.ofSeconds(20)))
            .extracting(record -> new String(record.value(), UTF_8))
            .containsExactly("sent");
      }
    }
  }

  @Test
  void registryKeepsSchemasAndRefusesIncompatibleOnes() {
    Schema first = SchemaBuilder.record("Parcel").fields().requiredString("id").endRecord();
    Schema second =
        SchemaBuilder.record("Parcel").fields().requiredString("id").requiredInt("g").endRecord();
    try (LocalRegistry server = LocalRegistry.start(folder.resolve("registry.json"), 0);
        SchemaRegistry client = new SchemaRegistry(SchemaRegistryConfig.of(server.url()))) {
      int id = client.register("parcels-value", first);
      assertThatThrownBy(() -> client.register("parcels-value", second))
          .isInstanceOf(SchemaRejectedException.class)
          .hasMessageContaining("READER_FIELD_MISSING_DEFAULT_VALUE");

      server.stop();
      server.start();

      try (SchemaRegistry another = new SchemaRegistry(SchemaRegistryConfig.of(server.url()))) {
        assertThat(another.schema(id)).isEqualTo(first);
        assertThat(another.lookUp("parcels-value", first)).isEqualTo(id);
        assertThat(another.register("other-value", first)).isEqualTo(id);
      }
    }
  }
}
