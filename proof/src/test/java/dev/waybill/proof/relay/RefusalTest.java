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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the relay does not accept, and what it says. */
@ExtendWith(Servers.class)
class RefusalTest {
  private static final Map<String, String> COMPACTED =
      Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", "604800000");

  private final RelayWorld world = new RelayWorld(2);

  @Test
  void topicsThatCouldNotKeepThePromisesAreRefusedWithTheCommands() throws Exception {
    create(world.topic(), 2, Map.of("cleanup.policy", "delete"));
    create(world.cursorTopic(), 1, Map.of("cleanup.policy", "compact"));

    assertThatThrownBy(world::start)
        .isInstanceOf(BadSettingsException.class)
        .hasMessageContaining(
            "--entity-name " + world.topic() + " --add-config cleanup.policy=compact")
        .hasMessageContaining("--add-config min.compaction.lag.ms=604800000")
        .hasMessageContaining("--alter --topic " + world.cursorTopic() + " --partitions 2");
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
  void schemaThatTheRegistryRejectsStopsTheLaneUntilItIsPutRight() throws Exception {
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
      events.append("a", 1).commit();

      RelayWorld.awaitReadiness(relay, "schema rejected:", subject);
      assertThat(RelayWorld.get(relay, "/metrics"))
          .containsPattern("waybill_relay_trouble\\{cause=\"schema_rejected\",lane=\"\\d\"} 1");
      assertThat(world.offsetsUsed()).as("no transaction was left open").isZero();

      RegistryHttp.setLevel(subject, "NONE");
      world.assertPublishedOnceInOrder(List.of("a"), 1);
      RelayWorld.awaitReadiness(relay, "\"ready\"");
    }
  }

  @Test
  void eventThatIsTooLargeForTheTopicStopsItsLaneAndIsNamed() throws Exception {
    Map<String, String> small = new HashMap<>(COMPACTED);
    small.put("max.message.bytes", "20000");
    create(world.topic(), 2, small);
    OutboxEvent large =
        OutboxEvent.of("parcel", "large", 1, "ParcelSent", Events.randomParcel("large", 100_000));
    try (Events events = world.events()) {
      try (Relay relay = world.with("KAFKA_CLIENT_COMPRESSION_TYPE", "none").start()) {
        events.append(large).commit();

        RelayWorld.awaitReadiness(relay, "event refused:", large.eventId().toString());
      }
      assertThat(world.records()).isEmpty();
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
