package dev.waybill.proof.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.proof.servers.Servers;
import dev.waybill.relay.Relay;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a relay takes for its cursor, in a topic that others write to as well. */
@ExtendWith(Servers.class)
class CursorReadTest {
  private static final List<String> PARCELS = List.of("a", "b", "c");

  private final RelayWorld world = new RelayWorld(1);

  @Test
  void cursorBehindAnothersOpenTransactionIsWaitedForAndFound() throws Exception {
    try (Events events = world.events();
        KafkaProducer<byte[], byte[]> another = producer("another-0-0")) {
      events.commitAll(PARCELS, 1, 1);
      try (Relay relay = world.start()) {
        world.assertPublishedOnceInOrder(PARCELS, 1);
        assertThat(relay.httpPort()).isPositive();
        another.initTransactions();
        another.beginTransaction();
        another.send(cursorRecord("another-0", "{}".getBytes(UTF_8))).get();
        events.commitAll(PARCELS, 2, 3);
        world.assertPublishedOnceInOrder(PARCELS, 3);
      }

      try (Relay relay = world.start()) {
        RelayWorld.awaitReadiness(relay, "transaction open:", "another-0-0");
        events.commitAll(PARCELS, 4, 4);
        another.abortTransaction();

        world.assertPublishedOnceInOrder(PARCELS, 4);
        RelayWorld.awaitReadiness(relay, "\"ready\"");
      }
    }
  }

  @Test
  void laneWhoseCursorWasDeletedBeginsWithTheFirstRow() throws Exception {
    try (Events events = world.events()) {
      events.commitAll(PARCELS, 1, 2);
      try (Relay relay = world.start()) {
        world.assertPublishedOnceInOrder(PARCELS, 2);
        assertThat(relay.httpPort()).isPositive();
        assertThat(world.deleteCursor(0)).as("the relay is running").isEqualTo(1);
      }
      assertThat(world.deleteCursor(1)).as("there is no such lane").isEqualTo(2);
      await().atMost(RelayWorld.LIMIT).until(() -> world.deleteCursor(0) == 0);

      try (Relay relay = world.start()) {
        assertThat(RelayWorld.versions(world.awaitRecords(12)))
            .containsEntry("a", List.of(1, 2, 1, 2));
        RelayWorld.awaitReadiness(relay, "\"ready\"");
      }
    }
  }

  private ProducerRecord<byte[], byte[]> cursorRecord(String key, byte[] value) {
    return new ProducerRecord<>(world.cursorTopic(), 0, key.getBytes(UTF_8), value);
  }

  private static KafkaProducer<byte[], byte[]> producer(String transactionalId) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            Servers.kafka().bootstrapServers(),
            "transactional.id",
            transactionalId),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
