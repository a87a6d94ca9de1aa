package dev.waybill.proof.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waybill.outbox.OutboxEvent;
import dev.waybill.proof.interop.RegistryHttp;
import dev.waybill.proof.servers.HttpAnswers;
import dev.waybill.proof.servers.Servers;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.relay.Relay;
import dev.waybill.runtime.BadSettingsException;
import dev.waybill.stack.Ports;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the relay does not accept, and what it says. */
@ExtendWith(Servers.class)
class RefusalTest {
  private static final Map<String, String> COMPACTED =
      Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", "604800000");

  private final RelayWorld world = new RelayWorld(1);

  @Test
  void topicsThatCouldNotKeepThePromisesAreRefusedWithTheCommands() throws Exception {
    create(world.topic(), 2, Map.of("cleanup.policy", "delete"));
    create(world.cursorTopic(), 1, Map.of("cleanup.policy", "delete"));

    assertThatThrownBy(world::start)
        .isInstanceOf(BadSettingsException.class)
        .hasMessageContaining(
            "--entity-name " + world.topic() + " --add-config cleanup.policy=compact")
        .hasMessageContaining("--add-config min.compaction.lag.ms=604800000")
        .hasMessageContaining(
            "--entity-name " + world.cursorTopic() + " --add-config cleanup.policy=compact");
  }

  @Test
  void topicsThatKeepThemAreUsedAsTheyAre() throws Exception {
    create(world.topic(), 2, COMPACTED);
    create(world.cursorTopic(), 2, Map.of("cleanup.policy", "compact"));

    try (Relay relay = world.start();
        Events events = world.events()) {
      events.append("a", 1).commit();
      world.assertPublishedOnceInOrder(List.of("a"), 1);
      assertThat(relay.httpPort()).isPositive();
    }
  }

  @Test
  void groupOfSomebodyElseIsRefusedByNameAlsoWhenNobodyOfItIsThere() throws Exception {
    create(world.topic(), 2, COMPACTED);
    Map<String, Object> config = new HashMap<>(Servers.readCommitted());
    config.put("group.id", world.name());
    config.put("client.id", "system-b");
    config.put("enable.auto.commit", false);
    config.put("partition.assignment.strategy", RangeAssignor.class.getName());
    try (KafkaConsumer<byte[], byte[]> other =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      other.subscribe(List.of(world.topic()));
      await()
          .atMost(RelayWorld.LIMIT)
          .until(
              () -> other.poll(Duration.ofMillis(100)).isEmpty() && !other.assignment().isEmpty());

      assertThatThrownBy(world::start)
          .isInstanceOf(BadSettingsException.class)
          .hasMessageContaining("RELAY_NAME: the consumer group " + world.name())
          .hasMessageContaining("another kind (range)")
          .hasMessageContaining("system-b");

      other.commitSync(Map.of(new TopicPartition(world.topic(), 0), new OffsetAndMetadata(3)));
    }
    assertThatThrownBy(world::start)
        .isInstanceOf(BadSettingsException.class)
        .hasMessageContaining("has read topic " + world.topic());
  }

  @Test
  void whatTheRegistryRejectsWaitsAndStopsTheLaneWhenTooManyDo() throws Exception {
    RelayWorld world = new RelayWorld(1);
    List<String> parcels = IntStream.range(0, 105).mapToObj(i -> "parcel-" + i).toList();
    String subject = world.topic() + "-value";
    try (SchemaRegistry registry =
        new SchemaRegistry(SchemaRegistryConfig.of(Servers.registry().url()))) {
      registry.register(
          subject,
          SchemaBuilder.record("Parcel")
              .namespace("com.example")
              .fields()
              .requiredInt("other")
              .endRecord());
    }
    try (Relay relay = world.start();
        Events events = world.events()) {
      events.commitAll(parcels.subList(0, 3), 1, 2);

      RelayWorld.awaitReadiness(relay, "aggregate parcel-0 waits", "schema rejected:", subject);
      assertThat(RelayWorld.get(relay, "/metrics"))
          .contains("waybill_relay_trouble{cause=\"schema_rejected\",lane=\"0\"} 1")
          .contains("waybill_relay_waiting_aggregates{lane=\"0\"} 3.0");

      events.commitAll(parcels.subList(3, 105), 1, 2);
      RelayWorld.awaitReadiness(relay, "\"schema rejected:", subject);
      assertThat(world.offsetsUsed()).as("no transaction was left open").isZero();

      RegistryHttp.setLevel(subject, "NONE");
      world.assertPublishedOnceInOrder(parcels, 2);
      RelayWorld.awaitReadiness(relay, "\"ready\"");
    }
  }

  @Test
  void eventThatIsTooLargeHoldsBackItsAggregateAndNobodyElse() throws Exception {
    Map<String, String> small = new HashMap<>(COMPACTED);
    small.put("max.message.bytes", "20000");
    RelayWorld world = new RelayWorld(1).with("KAFKA_CLIENT_COMPRESSION_TYPE", "none");
    create(world.topic(), 2, small);
    OutboxEvent large =
        OutboxEvent.of("parcel", "large", 2, "ParcelSent", Events.randomParcel("large", 100_000));
    try (Events events = world.events()) {
      try (Relay relay = world.start()) {
        events.append("large", 1).append(large).append("a", 1).commit();
        events.append("large", 3).append("a", 2).commit();

        RelayWorld.awaitReadiness(
            relay, "aggregate large waits since event " + large.eventId(), "event refused:");
        assertThat(RelayWorld.versions(world.awaitRecords(3)))
            .isEqualTo(Map.of("large", List.of(1), "a", List.of(1, 2)));
        assertThat(RelayWorld.get(relay, "/metrics"))
            .contains("waybill_relay_waiting_aggregates{lane=\"0\"} 1.0")
            .contains("waybill_relay_trouble{cause=\"event_refused\",lane=\"0\"} 1.0");
      }
      try (Relay relay = world.start()) {
        events.append("large", 4).append("a", 3).commit();
        RelayWorld.awaitReadiness(relay, "aggregate large waits since event " + large.eventId());
        assertThat(RelayWorld.versions(world.awaitRecords(4)))
            .isEqualTo(Map.of("large", List.of(1), "a", List.of(1, 2, 3)));
      }
      set(world.topic(), "max.message.bytes", "1000000");
      try (Relay relay = world.start()) {
        assertThat(RelayWorld.versions(world.awaitRecords(7)))
            .isEqualTo(Map.of("large", List.of(1, 2, 3, 4), "a", List.of(1, 2, 3)));
        RelayWorld.awaitReadiness(relay, "\"ready\"");
      }
    }
  }

  @Test
  @Timeout(180)
  void relayThatWaitsForKafkaSaysSoAndGivesUpWhenItIsAskedTo() throws Exception {
    int http = Ports.free();
    world
        .with("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + Ports.free())
        .with("HTTP_PORT", Integer.toString(http));
    AtomicReference<Throwable> outcome = new AtomicReference<>();
    Thread starter =
        new Thread(
            () -> {
              try (Relay relay = world.start()) {
                outcome.set(new AssertionError("started on port " + relay.httpPort()));
              } catch (Throwable thrown) {
                outcome.set(thrown);
              }
            });
    starter.start();
    HttpAnswers.awaitTexts("http://127.0.0.1:" + http + "/health/ready", "Kafka is away");

    starter.interrupt();
    starter.join();

    assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
    assertThat(Ports.isFree(http)).as("nothing is left running").isTrue();
  }

  private static void set(String topic, String setting, String value) throws Exception {
    Collection<AlterConfigOp> change =
        List.of(new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET));
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", Servers.kafka().bootstrapServers()))) {
      admin
          .incrementalAlterConfigs(
              Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), change))
          .all()
          .get();
    }
  }

  private static void create(String topic, int partitions, Map<String, String> config)
      throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", Servers.kafka().bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(config)))
          .all()
          .get();
    }
  }
}
