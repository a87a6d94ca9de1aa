package dev.waybill.bench;

import dev.waybill.consumer.orders.OrderFormat;
import dev.waybill.consumer.orders.OrderTopology;
import dev.waybill.consumer.streams.RocksMemory;
import dev.waybill.consumer.streams.StreamsProperties;
import dev.waybill.deduplication.Deduplication;
import dev.waybill.deduplication.DeduplicationSettings;
import dev.waybill.deduplication.PassThrough;
import dev.waybill.deduplication.Recognition;
import dev.waybill.orders.OrderEvent;
import dev.waybill.registry.AvroDeserializer;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.stack.ChildJvm;
import dev.waybill.stack.JvmCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.HostInfo;

/** B's topology in a process of its own, until it has consumed what is in the topic. */
final class StreamsRun {
  static final String DEDUPLICATING = "deduplicating";
  static final String PASSING = "passing";

  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(5);

  private StreamsRun() {}

  /** Consumes all of the topic's events; returns how many a second. */
  static double consume(Stage stage, String topic, String how, int round, int events)
      throws Exception {
    String name = topic + "." + how + "." + round;
    stage.newTopic(name + ".dead-letters");
    stage.newTopic(name + ".notifications");
    Path outcome = stage.folder().resolve(name + ".outcome");
    Path state = stage.folder().resolve(name + ".state");
    JvmCommand command =
        new JvmCommand(
            name,
            StreamsRun.class.getName(),
            RelayRun.JVM,
            List.of(
                how,
                topic,
                name,
                Integer.toString(events),
                stage.bootstrapServers(),
                stage.registryUrl(),
                state.toString(),
                outcome.toString()),
            Map.of(),
            stage.folder().resolve(name + ".log"));
    try (ChildJvm streams = ChildJvm.start(command)) {
      if (streams.waitFor() != 0) {
        throw new IllegalStateException("the consumer did not finish:\n" + streams.lastWords());
      }
    }
    stage.deleteTopicsOf(name);
    return events * 1e9 / Double.parseDouble(Files.readString(outcome));
  }

  /** Arguments as {@link #consume} gives them. */
  public static void main(String[] arguments) throws Exception {
    String topic = arguments[1];
    String name = arguments[2];
    long events = Long.parseLong(arguments[3]);
    AtomicLong firstNanos = new AtomicLong();
    try (SchemaRegistry registry = new SchemaRegistry(SchemaRegistryConfig.of(arguments[5]));
        RocksMemory memory = new RocksMemory(256 << 20);
        KafkaStreams streams =
            new KafkaStreams(
                topology(arguments[0], topic, name, registry, firstNanos),
                properties(name, arguments[4], Path.of(arguments[6])).with(memory))) {
      streams.start();
      long end = awaitCommitted(arguments[4], name, topic, events);
      Files.writeString(Path.of(arguments[7]), Long.toString(end - firstNanos.get()));
    }
  }

  private static Topology topology(
      String how, String topic, String name, SchemaRegistry registry, AtomicLong firstNanos) {
    DeduplicationSettings settings =
        new DeduplicationSettings(
            "orders", topic, name + ".dead-letters", DeduplicationSettings.DEFAULT_RETENTION);
    OrderFormat format =
        new OrderFormat(new AvroDeserializer<>(registry, OrderEvent.class), 1 << 20);
    Recognition<OrderEvent> recognition =
        how.equals(DEDUPLICATING)
            ? new Deduplication<>(settings, format, (decision, key, source) -> {})
            : new PassThrough<>(settings, format);
    return OrderTopology.build(
        recognition,
        registry,
        name + ".notifications",
        latency -> {
          if (firstNanos.get() == 0) {
            firstNanos.compareAndSet(0, System.nanoTime());
          }
        },
        () -> {});
  }

  /** B's own, as its settings' defaults have them. */
  private static StreamsProperties properties(String name, String bootstrapServers, Path state) {
    return new StreamsProperties(
        name,
        Map.of("bootstrap.servers", bootstrapServers),
        HostInfo.buildFromEndpoint("127.0.0.1:1"),
        null,
        2,
        Duration.ofMillis(100),
        Duration.ofSeconds(6),
        state,
        1,
        0,
        64 << 20,
        1 << 20,
        2 << 20,
        Map.of());
  }

  /** When the group's committed offsets first covered all events, looking every 20 ms. */
  private static long awaitCommitted(
      String bootstrapServers, String group, String topic, long events) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      long deadline = System.nanoTime() + LIMIT_NANOS;
      while (committed(admin, group, topic) < events) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("not all events were consumed");
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
      return System.nanoTime();
    }
  }

  private static long committed(Admin admin, String group, String topic) throws Exception {
    return admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get()
        .entrySet()
        .stream()
        .filter(one -> one.getKey().topic().equals(topic) && one.getValue() != null)
        .mapToLong(one -> one.getValue().offset())
        .sum();
  }
}
