package dev.waybill.consumer.orders;

import static dev.waybill.consumer.orders.Events.customerId;
import static dev.waybill.consumer.orders.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.orders.OrderEvent;
import dev.waybill.orders.OrderEventType;
import dev.waybill.orders.OrderStatus;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What orders add to customers' totals takes effect once, also when it is read again. */
class DeltasTest {
  private static final OrderEvent PLACED =
      event(OrderEventType.PLACED, 1, 7, 1, OrderStatus.PLACED, "12.50");
  private static final OrderEvent HANDED_OVER =
      event(OrderEventType.PAID, 1, 8, 2, OrderStatus.PAID, "12.50");

  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void deltasThatAreReadAgainAreNotAddedAgain() {
    shop.send(1, PLACED);
    shop.send(2, HANDED_OVER);
    shop.send(Events.record(3, 1, 3, null));
    CustomerTotals before = shop.customer(customerId(7));
    CustomerTotals after = shop.customer(customerId(8));

    List<TestRecord<byte[], byte[]>> deltas = shop.deltas();
    deltas.forEach(shop::add);
    deltas.subList(1, deltas.size()).forEach(shop::add);

    assertThat(deltas).hasSize(4);
    assertThat(shop.customer(customerId(7))).isEqualTo(before);
    assertThat(shop.customer(customerId(8)))
        .isEqualTo(after)
        .isEqualTo(new CustomerTotals(Map.of(), Map.of(), 2, 1));
    assertThat(shop.deltasDropped).hasValue(4 + 3);
  }

  @Test
  void whatFollowsDeltasThatWereReadAgainIsAdded() {
    shop.send(1, PLACED);
    shop.deltas().forEach(shop::add);
    shop.send(2, event(OrderEventType.PAID, 1, 7, 2, OrderStatus.PAID, "12.50"));

    assertThat(shop.customer(customerId(7)).eventsApplied()).isEqualTo(2);
    assertThat(shop.customer(customerId(7)).ordersByStatus()).isEqualTo(Map.of("PAID", 1L));
  }

  @Test
  void eachSenderAndEachOfItsCountsIsTakenByItself() {
    shop.send(1, PLACED);
    TestRecord<byte[], byte[]> delta = shop.deltas().get(0);
    DeltaOrigin origin = DeltaOrigin.decode(delta.headers().lastHeader("delta-origin").value());
    assertThat(origin).isEqualTo(new DeltaOrigin(0, origin.count(), 1));

    DeltaOrigin another = new DeltaOrigin(1, origin.count(), 1);
    DeltaOrigin begunAnew = DeltaOrigin.begin(0).next();
    shop.add(from(another, delta));
    shop.add(from(another, delta));
    shop.add(from(begunAnew, delta));
    shop.add(from(begunAnew, delta));
    shop.add(delta);

    assertThat(shop.customer(customerId(7)).eventsApplied()).isEqualTo(3);
  }

  @Test
  void deltaOfAnEarlierBHasNoOriginAndIsAdded() {
    shop.send(1, PLACED);
    TestRecord<byte[], byte[]> delta = shop.deltas().get(0);

    shop.add(
        new TestRecord<>(delta.key(), delta.value(), new RecordHeaders(), delta.getRecordTime()));

    assertThat(shop.customer(customerId(7)).eventsApplied()).isEqualTo(2);
  }

  @Test
  void originOfALaterBIsNotGuessedAt() {
    assertThatThrownBy(() -> DeltaOrigin.decode(new byte[21]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("21 bytes");
  }

  /** The table as B had it before deltas had origins: its store and changelog are taken over. */
  @Test
  void tableIsWrittenAsTheDslsAggregateWroteIt() {
    shop.send(1, PLACED);
    shop.send(2, HANDED_OVER);
    Serde<CustomerTotals> totals = new CustomerTotalsSerde();
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("deltas", Consumed.with(Serdes.String(), totals))
        .groupByKey(Grouped.with(Serdes.String(), totals))
        .aggregate(
            () -> CustomerTotals.NONE,
            (customer, delta, sum) -> sum.plus(delta),
            Named.as("aggregate"), // Kafka numbers in the locale's digits, and then refuses them.
            Materialized.<String, CustomerTotals, KeyValueStore<Bytes, byte[]>>as("customers")
                .withKeySerde(Serdes.String())
                .withValueSerde(totals));
    try (TopologyTestDriver before =
        new TopologyTestDriver(builder.build(), Shop.config(), Events.NOON)) {
      var deltas =
          before.createInputTopic("deltas", new ByteArraySerializer(), new ByteArraySerializer());
      shop.deltas().forEach(deltas::pipeInput);

      assertThat(written(shop.read("shop-customers-changelog")))
          .isNotEmpty()
          .isEqualTo(
              written(
                  before
                      .createOutputTopic(
                          "shop-customers-changelog",
                          new ByteArrayDeserializer(),
                          new ByteArrayDeserializer())
                      .readRecordsToList()));
    }
  }

  private static List<List<Object>> written(List<TestRecord<byte[], byte[]>> records) {
    return records.stream()
        .map(
            record ->
                List.<Object>of(
                    Bytes.wrap(record.key()), Bytes.wrap(record.value()), record.timestamp()))
        .toList();
  }

  private static TestRecord<byte[], byte[]> from(
      DeltaOrigin origin, TestRecord<byte[], byte[]> delta) {
    Headers headers = new RecordHeaders().add(DeltaOrigin.HEADER, origin.encode());
    return new TestRecord<>(delta.key(), delta.value(), headers, delta.getRecordTime());
  }
}
