package dev.waybill.proof.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.notifications.CustomerNotification;
import dev.waybill.proof.systems.TopicReader;
import dev.waybill.registry.AvroDeserializer;
import dev.waybill.registry.SchemaRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code read_committed} reader of a topic sees from now on, and when: of each event the
 * first time, and whether it came again. Reads on a thread of its own. Thread-safe.
 */
final class Arrivals implements AutoCloseable {
  private final Map<UUID, Instant> first = new HashMap<>();
  private final Set<UUID> repeated = new HashSet<>();
  private final AvroDeserializer<CustomerNotification> notifications;
  private final TopicReader reader;

  private Arrivals(String bootstrapServers, String topic, SchemaRegistry registry) {
    this.notifications = new AvroDeserializer<>(registry, CustomerNotification.class);
    this.reader = new TopicReader(bootstrapServers, topic, this::arrived);
  }

  /** Begins behind what is there; blocks until that is found. */
  static Arrivals from(String bootstrapServers, String topic, SchemaRegistry registry)
      throws InterruptedException {
    Arrivals arrivals = new Arrivals(bootstrapServers, topic, registry);
    arrivals.reader.startAtEnd();
    return arrivals;
  }

  private synchronized void arrived(ConsumerRecord<byte[], byte[]> record) {
    UUID event = event(record);
    if (first.putIfAbsent(event, Instant.now()) != null) {
      repeated.add(event);
    }
  }

  /** An event says its id in a header, a notification in its value. */
  private UUID event(ConsumerRecord<byte[], byte[]> record) {
    var header = record.headers().lastHeader("ce_id");
    return header == null
        ? notifications.deserialize(record.topic(), record.value()).getEventId()
        : UUID.fromString(new String(header.value(), UTF_8));
  }

  /** When the event arrived; null when it has not. */
  synchronized @Nullable Instant of(UUID event) {
    return first.get(event);
  }

  synchronized int count() {
    return first.size();
  }

  /** Those that came. */
  synchronized Set<UUID> events() {
    return Set.copyOf(first.keySet());
  }

  /** Those that came more than once. */
  synchronized Set<UUID> repeated() {
    return Set.copyOf(repeated);
  }

  @Override
  public void close() {
    reader.close();
  }
}
