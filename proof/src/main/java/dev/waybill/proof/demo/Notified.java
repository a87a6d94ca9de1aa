package dev.waybill.proof.demo;

import dev.waybill.notifications.CustomerNotification;
import dev.waybill.registry.AvroDeserializer;
import dev.waybill.registry.SchemaRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The notifications that B has sent. Thread-safe. */
final class Notified {
  private final AvroDeserializer<CustomerNotification> avro;
  private final Map<UUID, Integer> copies = new HashMap<>();
  private final Set<String> customers = new HashSet<>();

  Notified(SchemaRegistry registry) {
    this.avro = new AvroDeserializer<>(registry, CustomerNotification.class);
  }

  synchronized void add(ConsumerRecord<byte[], byte[]> record) {
    CustomerNotification notification = avro.deserialize(record.topic(), record.value());
    copies.merge(notification.getEventId(), 1, Integer::sum);
    customers.add(notification.getCustomerId().toString());
  }

  /** How many there are of each event. */
  synchronized Map<UUID, Integer> copies() {
    return Map.copyOf(copies);
  }

  /** How many events have one. */
  synchronized int distinct() {
    return copies.size();
  }

  /** Every customer who got one. */
  synchronized Set<String> customers() {
    return Set.copyOf(customers);
  }
}
