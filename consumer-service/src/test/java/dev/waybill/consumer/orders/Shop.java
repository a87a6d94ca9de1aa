package dev.waybill.consumer.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.deduplication.Decision;
import dev.waybill.deduplication.Deduplication;
import dev.waybill.deduplication.DeduplicationSettings;
import dev.waybill.deduplication.Recognition;
import dev.waybill.notifications.CustomerNotification;
import dev.waybill.orders.OrderEvent;
import dev.waybill.registry.AvroDeserializer;
import dev.waybill.registry.SchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** B's whole topology, with a registry, without a broker. */
final class Shop implements AutoCloseable {
  static final DeduplicationSettings SETTINGS =
      new DeduplicationSettings(
          "orders", "orders.events", "orders.events.dead-letters", Duration.ofDays(7));

  private static final String DELTAS = "shop-customer-deltas-repartition";

  final SchemaServer schemas = new SchemaServer();
  final int schemaId = schemas.add(OrderEvent.getClassSchema());
  final SchemaRegistry registry = schemas.client();
  final List<Decision> decisions = new ArrayList<>();
  final List<Duration> latencies = new ArrayList<>();
  final AtomicInteger deltasDropped = new AtomicInteger();
  static final int LARGEST_VALUE = 1 << 20;

  final Topology topology;
  private final TopologyTestDriver driver;

  Shop() {
    this(null);
  }

  Shop(@Nullable Recognition<OrderEvent> instead) {
    topology =
        OrderTopology.build(
            instead == null
                ? new Deduplication<>(
                    SETTINGS, format(registry), (decision, key, source) -> decisions.add(decision))
                : instead,
            registry,
            "customer.notifications",
            latencies::add,
            deltasDropped::incrementAndGet);
    driver = new TopologyTestDriver(topology, config(), Events.NOON);
  }

  /** As B has it by default. */
  static OrderFormat format(SchemaRegistry registry) {
    return new OrderFormat(new AvroDeserializer<>(registry, OrderEvent.class), LARGEST_VALUE);
  }

  static Properties config() {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "shop");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    try {
      config.put(StreamsConfig.STATE_DIR_CONFIG, Files.createTempDirectory("shop").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return config;
  }

  void send(TestRecord<byte[], byte[]> record) {
    driver
        .createInputTopic("orders.events", new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(record);
  }

  void send(int number, OrderEvent event) {
    send(record(number, event));
  }

  TestRecord<byte[], byte[]> record(int number, OrderEvent event) {
    int order = (int) event.getOrder().getOrderId().getLeastSignificantBits();
    return Events.record(
        number, order, event.getOrder().getVersion(), Events.encode(schemaId, event));
  }

  /** What the orders have added to customers' totals since this was asked last. */
  List<TestRecord<byte[], byte[]>> deltas() {
    return read(DELTAS);
  }

  /** Lets an addition arrive, as if its offset had not been committed. */
  void add(TestRecord<byte[], byte[]> delta) {
    driver
        .createInputTopic(DELTAS, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(delta);
  }

  @Nullable OrderState order(int number) {
    KeyValueStore<Bytes, OrderState> orders = driver.getKeyValueStore(OrderTopology.ORDERS);
    return orders.get(Bytes.wrap(Events.orderId(number).toString().getBytes(UTF_8)));
  }

  List<OrderState> orders() {
    List<OrderState> all = new ArrayList<>();
    KeyValueStore<Bytes, OrderState> orders = driver.getKeyValueStore(OrderTopology.ORDERS);
    try (KeyValueIterator<Bytes, OrderState> entries = orders.all()) {
      entries.forEachRemaining(entry -> all.add(entry.value));
    }
    return all;
  }

  CustomerTotals customer(UUID id) {
    KeyValueStore<String, ValueAndTimestamp<CustomerTotals>> customers =
        driver.getTimestampedKeyValueStore(OrderTopology.CUSTOMERS);
    ValueAndTimestamp<CustomerTotals> totals = customers.get(id.toString());
    return totals == null ? CustomerTotals.NONE : totals.value();
  }

  List<TestRecord<String, CustomerNotification>> notifications() {
    return driver
        .createOutputTopic(
            "customer.notifications",
            new StringDeserializer(),
            new AvroDeserializer<>(registry, CustomerNotification.class))
        .readRecordsToList();
  }

  List<TestRecord<byte[], byte[]>> deadLetters() {
    return read("orders.events.dead-letters");
  }

  List<TestRecord<byte[], byte[]>> read(String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  Set<String> producedTopics() {
    return driver.producedTopicNames();
  }

  @Override
  public void close() {
    driver.close();
    registry.close();
    schemas.close();
  }
}
