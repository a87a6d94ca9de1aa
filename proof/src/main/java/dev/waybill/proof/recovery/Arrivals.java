package dev.waybill.proof.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.notifications.CustomerNotification;
import dev.waybill.proof.KafkaClients;
import dev.waybill.registry.AvroDeserializer;
import dev.waybill.registry.SchemaRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code read_committed} reader of a topic sees from now on, and when: of each event the
 * first time, and whether it came again. Reads on a thread of its own. Thread-safe.
 */
final class Arrivals implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);

  private final Map<UUID, Instant> first = new HashMap<>();
  private final Set<UUID> repeated = new HashSet<>();
  private final AvroDeserializer<CustomerNotification> notifications;
  private final CountDownLatch positioned = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean stopping;

  private Arrivals(String bootstrapServers, String topic, SchemaRegistry registry) {
    this.notifications = new AvroDeserializer<>(registry, CustomerNotification.class);
    this.thread = new Thread(() -> read(bootstrapServers, topic), "arrivals in " + topic);
    thread.setDaemon(true);
  }

  /** Begins behind what is there; blocks until that is found. */
  static Arrivals from(String bootstrapServers, String topic, SchemaRegistry registry)
      throws InterruptedException {
    Arrivals arrivals = new Arrivals(bootstrapServers, topic, registry);
    arrivals.thread.start();
    arrivals.positioned.await();
    return arrivals;
  }

  private void read(String bootstrapServers, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.reader(bootstrapServers)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(one -> new TopicPartition(topic, one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
      positioned.countDown();
      while (!stopping) {
        consumer.poll(POLL).forEach(this::arrived);
      }
    }
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
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
