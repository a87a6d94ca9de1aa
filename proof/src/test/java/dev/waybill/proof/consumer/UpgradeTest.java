package dev.waybill.proof.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.consumer.Consumer;
import dev.waybill.orders.OrderEvent;
import dev.waybill.proof.KafkaClients;
import dev.waybill.proof.interop.Orders;
import dev.waybill.proof.servers.Servers;
import dev.waybill.stores.StoredTotals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a B before there were origins of deltas left behind is taken over. */
@ExtendWith(Servers.class)
@Timeout(120)
final class UpgradeTest {
  private final OrderEvent placed = Orders.placed();
  private final String customer = placed.getOrder().getCustomerId().toString();
  private ConsumerWorld world;

  @BeforeEach
  void start() throws Exception {
    world = new ConsumerWorld(1);
    world.write(placed);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void totalsOfABWithoutOriginsAreAddedTo() throws Exception {
    runBBefore();
    try (KafkaProducer<byte[], byte[]> producer =
        KafkaClients.writer(Servers.kafka().bootstrapServers())) {
      byte[] key = customer.getBytes(StandardCharsets.UTF_8);
      producer
          .send(
              new ProducerRecord<>(
                  world.group() + "-customer-deltas-repartition", key, totals("PAID", 40)))
          .get();
    }

    try (Consumer b = world.start()) {
      world.awaitTotals(b, placed, 43);
      world.write(Orders.paid(placed));
      world.awaitTotals(b, placed, 44);
      assertThat(world.totals(b, placed)).contains("\"PLACED\":1", "\"PAID\":2");
    }
  }

  /** Its topology, as far as stores and topics show it; an event is three to the customer. */
  private void runBBefore() {
    try (KafkaStreams before = new KafkaStreams(topologyBefore(), configBefore())) {
      before.start();
      await()
          .atMost(Servers.LIMIT)
          .ignoreExceptionsInstanceOf(InvalidStateStoreException.class)
          .until(() -> customers(before).get(customer) != null);
      before.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    }
  }

  private static ReadOnlyKeyValueStore<String, byte[]> customers(KafkaStreams streams) {
    return streams.store(
        StoreQueryParameters.fromNameAndType("customers", QueryableStoreTypes.keyValueStore()));
  }

  private Topology topologyBefore() {
    StreamsBuilder builder = new StreamsBuilder();
    String[] stores = {"orders", "orders-event-ids", "orders-versions"};
    for (String store : stores) {
      builder.addStateStore(
          Stores.keyValueStoreBuilder(
              Stores.persistentKeyValueStore(store), Serdes.Bytes(), Serdes.ByteArray()));
    }
    builder.stream(
            world.topic(),
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("orders-source"))
        .processValues(Forward::new, Named.as("orders-table"), stores)
        .map((key, value) -> KeyValue.pair(customer, totals("PLACED", 3)), Named.as("map"))
        .groupByKey(Grouped.with("customer-deltas", Serdes.String(), Serdes.ByteArray()))
        .aggregate(
            () -> new byte[0],
            (key, delta, sum) -> delta,
            Named.as("customers-table"),
            Materialized.<String, byte[], KeyValueStore<Bytes, byte[]>>as("customers")
                .withKeySerde(Serdes.String())
                .withValueSerde(Serdes.ByteArray())
                .withCachingEnabled());
    return builder.build();
  }

  private static final class Forward extends ContextualFixedKeyProcessor<byte[], byte[], byte[]> {
    @Override
    public void process(FixedKeyRecord<byte[], byte[]> record) {
      context().forward(record);
    }
  }

  private Properties configBefore() {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, world.group());
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, Servers.kafka().bootstrapServers());
    config.put(StreamsConfig.STATE_DIR_CONFIG, world.stateDirectory().toString());
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    config.put(StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG, true);
    config.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    return config;
  }

  private static byte[] totals(String status, long events) {
    try {
      StoredTotals totals = new StoredTotals(Map.of(status, 1L), Map.of(), events, 0L);
      return Utils.toArray(totals.toByteBuffer());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
