package dev.waybill.proof.interop;

import dev.waybill.consumer.Consumer;
import dev.waybill.orders.OrderEvent;
import dev.waybill.outbox.Outbox;
import dev.waybill.outbox.OutboxEvent;
import dev.waybill.outbox.OutboxSettings;
import dev.waybill.proof.servers.Servers;
import dev.waybill.relay.Relay;
import dev.waybill.runtime.Settings;
import dev.waybill.stack.PostgresServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.awaitility.Awaitility;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** A database with order events, their relay and B: one test's own. */
final class OrdersWorld {
  private final String name = Servers.newName();
  private final DSLContext database = DSL.using(Servers.newDatabase(name), PostgresServer.USER, "");

  String topic() {
    return name + ".events";
  }

  Relay startRelay() throws InterruptedException {
    Map<String, String> settings = new HashMap<>(Servers.settingsOfRelay(name));
    settings.put("RELAY_TOPIC_PARTITIONS", "1");
    return Relay.start(new Settings(settings));
  }

  Consumer startB() throws InterruptedException {
    return startB(Map.of());
  }

  Consumer startB(Map<String, String> more) throws InterruptedException {
    Map<String, String> settings = new HashMap<>(Servers.settingsOfB(name));
    settings.putAll(more);
    return Consumer.start(new Settings(settings));
  }

  /** Commits the event in the outbox. */
  void commit(OrderEvent event) {
    Outbox outbox =
        Outbox.open(database, OutboxSettings.defaults(), List.of(OrderEvent.getClassSchema()));
    database.transaction(
        transaction ->
            outbox.append(
                transaction,
                OutboxEvent.of(
                    "order", key(event), event.getOrder().getVersion(), "OrderPlaced", event)));
  }

  /** Writes the event as another system would that keeps to the format; waits until it is there. */
  void write(OrderEvent event, Serializer<GenericRecord> serializer)
      throws ExecutionException, InterruptedException {
    UUID unused =
        AnotherSystem.write(
            Servers.kafka(),
            topic(),
            "OrderPaid",
            key(event),
            event.getOrder().getVersion(),
            Orders.generic(event),
            serializer);
  }

  /** Waits for the topic's first committed record and has the deserializer read it. */
  <T> ConsumerRecord<byte[], T> firstRecord(Deserializer<T> deserializer) {
    try (KafkaConsumer<byte[], T> consumer =
        new KafkaConsumer<>(Servers.readCommitted(), new ByteArrayDeserializer(), deserializer)) {
      List<TopicPartition> partitions = List.of(new TopicPartition(topic(), 0));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return Awaitility.await()
          .atMost(Servers.LIMIT)
          .until(() -> consumer.poll(Duration.ofMillis(500)), polled -> !polled.isEmpty())
          .iterator()
          .next();
    }
  }

  static String key(OrderEvent event) {
    return event.getOrder().getOrderId().toString();
  }
}
