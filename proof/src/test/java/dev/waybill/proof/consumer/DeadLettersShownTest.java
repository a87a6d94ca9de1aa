package dev.waybill.proof.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.uuid.Generators;
import dev.waybill.consumer.Consumer;
import dev.waybill.deduplication.LetterAction;
import dev.waybill.deduplication.LetterPlace;
import dev.waybill.deduplication.Placement;
import dev.waybill.orders.OrderEvent;
import dev.waybill.proof.interop.Orders;
import dev.waybill.proof.servers.HttpAnswers;
import dev.waybill.proof.servers.Servers;
import dev.waybill.proof.systems.WholeTopic;
import dev.waybill.registry.AvroSerializer;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A dead letter from the record that became one to its repair, as an operator sees it. */
@ExtendWith(Servers.class)
@Timeout(180)
final class DeadLettersShownTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PARTITIONS = 2;

  private final OrderEvent placed = Orders.placed();
  private final String key = placed.getOrder().getOrderId().toString();
  private final UUID eventId = Generators.timeBasedEpochGenerator().generate();

  private final KafkaProducer<byte[], byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", Servers.kafka().bootstrapServers()),
          new ByteArraySerializer(),
          new ByteArraySerializer());

  @Test
  void letterIsOpenThenDiscardedThenOpenAgainAndAppliedWhenItIsRepaired() throws Exception {
    try (producer;
        ConsumerWorld world = new ConsumerWorld(PARTITIONS);
        Consumer b = world.start()) {
      ConsumerWorld.awaitReadiness(b, "\"ready\"");
      awaitGauge(b, "0.0");
      assertThat(ask(b, "/dead-letters").path("deadLetters")).isEmpty();

      producer.send(event(world.topic(), key, new byte[] {0, 0, 0, 0x7f, 1, 2})).get();

      JsonNode letter = awaitState(b, "open");
      assertThat(letter.path("eventId").asText()).isEqualTo(eventId.toString());
      assertThat(letter.path("key").asText()).isEqualTo(key);
      assertThat(letter.path("reason").asText()).isEqualTo("UNDECODABLE");
      assertThat(letter.path("whole").asBoolean()).isTrue();
      awaitGauge(b, "1.0");
      assertThat(ask(b, "/events?ids=" + eventId).path("events").path(0).path("status").asText())
          .isEqualTo("dead-lettered");

      act(letter, LetterAction.Kind.DISCARD);
      assertThat(awaitState(b, "discarded").path("discardedBy").asText()).isEqualTo("anna");
      awaitGauge(b, "0.0");
      act(letter, LetterAction.Kind.RESTORE);
      JsonNode unusedOpen = awaitState(b, "open");

      repair(world.topic());
      act(letter, LetterAction.Kind.REPLAY);
      assertThat(awaitState(b, "applied").path("replays").asInt()).isEqualTo(1);
      awaitGauge(b, "0.0");
      assertSeenBy(b);
      await()
          .atMost(Servers.LIMIT)
          .untilAsserted(
              () ->
                  assertThat(said(letter))
                      .containsExactly(
                          LetterAction.Kind.DISCARD,
                          LetterAction.Kind.RESTORE,
                          LetterAction.Kind.REPLAY,
                          LetterAction.Kind.APPLIED));
    }
  }

  private void assertSeenBy(Consumer b) throws Exception {
    JsonNode aggregate = ask(b, "/aggregates/" + key);
    assertThat(aggregate.path("lastVersion").asLong()).isEqualTo(1);
    assertThat(aggregate.path("outstanding")).isEmpty();
    JsonNode instances = ask(b, "/instances").path("instances");
    assertThat(instances.path(0).path("partitions").toString()).isEqualTo("[0,1]");
    assertThat(instances.path(0).path("self").asBoolean()).isTrue();
    Instant minute =
        Instant.ofEpochMilli(eventId.getMostSignificantBits() >>> 16)
            .truncatedTo(ChronoUnit.MINUTES);
    JsonNode digests =
        ask(b, "/digests?ids=true&from=%s&to=%s".formatted(minute, minute.plusSeconds(60)));
    assertThat(digests.path("ids").toString()).isEqualTo("[\"" + eventId + "\"]");
    assertThat(digests.path("digests").path(0).path("count").asLong()).isEqualTo(1);
    JsonNode group = ask(b, "/dead-letters/groups").path("groups").path(0);
    assertThat(group.path("count").asInt()).isEqualTo(1);
    assertThat(group.path("open").asInt()).isZero();
  }

  /** As the page says: the event's id alone as key, in the order's partition. */
  private void repair(String events) throws Exception {
    try (SchemaRegistry registry =
            new SchemaRegistry(SchemaRegistryConfig.of(Servers.registry().url()));
        AvroSerializer<GenericRecord> serializer = new AvroSerializer<>(registry)) {
      byte[] value =
          serializer.serialize(events, Orders.generic(placed, OrderEvent.getClassSchema()));
      ProducerRecord<byte[], byte[]> record = event(events + ".replays", eventId.toString(), value);
      record.headers().add("replay-key", key.getBytes(UTF_8));
      producer.send(record).get();
    }
  }

  private ProducerRecord<byte[], byte[]> event(String topic, String recordKey, byte[] value) {
    int partition = Placement.murmur2(key.getBytes(UTF_8), PARTITIONS);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, partition, recordKey.getBytes(UTF_8), value);
    record
        .headers()
        .add("ce_id", eventId.toString().getBytes(UTF_8))
        .add("ce_sequence", "1".getBytes(UTF_8))
        .add("ce_type", "OrderPlaced".getBytes(UTF_8));
    return record;
  }

  private void act(JsonNode letter, LetterAction.Kind kind) throws Exception {
    LetterPlace place = LetterPlace.parse(letter.path("place").asText()).orElseThrow();
    LetterAction action = new LetterAction(kind, place, "anna", "a test", Instant.now());
    producer.send(action.toRecord()).get();
  }

  /** In the topic, also for a B that has forgotten the event's id. */
  private static List<LetterAction.Kind> said(JsonNode letter) {
    LetterPlace place = LetterPlace.parse(letter.path("place").asText()).orElseThrow();
    List<LetterAction.Kind> kinds = new ArrayList<>();
    WholeTopic.read(
        Servers.kafka().bootstrapServers(),
        place.topic(),
        Servers.LIMIT,
        record -> LetterAction.of(record).ifPresent(action -> kinds.add(action.kind())));
    return kinds;
  }

  private JsonNode awaitState(Consumer b, String state) {
    return await()
        .atMost(Servers.LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                ask(b, "/dead-letters?state=%s&eventId=%s".formatted(state, eventId))
                    .path("deadLetters")
                    .path(0),
            letter -> !letter.isMissingNode());
  }

  private static void awaitGauge(Consumer b, String value) {
    ConsumerWorld.awaitMetrics(b, "waybill_consumer_dead_letters_open " + value);
  }

  private static JsonNode ask(Consumer b, String path) throws Exception {
    return JSON.readTree(HttpAnswers.get("http://127.0.0.1:" + b.httpPort() + path));
  }
}
