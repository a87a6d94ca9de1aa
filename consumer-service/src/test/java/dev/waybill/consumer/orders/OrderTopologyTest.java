package dev.waybill.consumer.orders;

import static dev.waybill.consumer.orders.Events.customerId;
import static dev.waybill.consumer.orders.Events.event;
import static dev.waybill.consumer.orders.Events.eventId;
import static dev.waybill.consumer.orders.Events.orderId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.deduplication.Decision;
import dev.waybill.deduplication.PassThrough;
import dev.waybill.deduplication.Reason;
import dev.waybill.notifications.CustomerNotification;
import dev.waybill.notifications.NotificationKind;
import dev.waybill.orders.OrderEvent;
import dev.waybill.orders.OrderEventType;
import dev.waybill.orders.OrderStatus;
import dev.waybill.registry.RegistryUnavailableException;
import dev.waybill.registry.WireFormat;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrderTopologyTest {
  private static final OrderEvent PLACED =
      event(OrderEventType.PLACED, 1, 7, 1, OrderStatus.PLACED, "12.50");
  private static final OrderEvent PAID =
      event(OrderEventType.PAID, 1, 7, 2, OrderStatus.PAID, "12.50");
  private static final OrderEvent SHIPPED =
      event(OrderEventType.SHIPPED, 1, 7, 3, OrderStatus.SHIPPED, "12.50");

  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void eventChangesTheOrderItsCustomersTotalsAndTellsTheCustomer() {
    shop.send(1, PLACED);
    shop.send(2, PAID);

    OrderState order = Objects.requireNonNull(shop.order(1));
    assertThat(order).isEqualTo(OrderState.of(PAID.getOrder()));
    assertThat(shop.customer(customerId(7)))
        .isEqualTo(
            new CustomerTotals(Map.of("PAID", 1L), Map.of("EUR", new BigDecimal("12.5000")), 2, 0));
    assertThat(shop.latencies).hasSize(2);
    TestRecord<String, CustomerNotification> told = shop.notifications().get(1);
    assertThat(told.key()).isEqualTo(customerId(7).toString());
    assertThat(told.value())
        .isEqualTo(
            CustomerNotification.newBuilder()
                .setEventId(eventId(2))
                .setCustomerId(customerId(7))
                .setOrderId(orderId(1))
                .setKind(NotificationKind.ORDER_PAID)
                .setText("Order " + orderId(1) + " was paid.")
                .setOccurredAt(Events.NOON)
                .build());
    assertThat(told.headers().toArray()).extracting(h -> h.key()).containsExactly("traceparent");
  }

  @Test
  void duplicateChangesNothing() {
    shop.send(1, PLACED);
    shop.send(1, PLACED);

    assertThat(shop.customer(customerId(7)).eventsApplied()).isEqualTo(1);
    assertThat(shop.notifications()).hasSize(1);
  }

  /** As Confluent's serializer may write it. */
  @Test
  void valueWhoseSchemaAHeaderNamesIsReadAndIsTheSameEventAsWithTheSchemaInFront() {
    TestRecord<byte[], byte[]> inFront = shop.record(1, PLACED);
    byte[] avro =
        Arrays.copyOfRange(inFront.value(), WireFormat.HEADER_BYTES, inFront.value().length);
    UUID guid = SchemaServer.guid(shop.schemaId);
    RecordHeaders headers = new RecordHeaders(inFront.headers());
    headers.add(
        "__value_schema_id",
        ByteBuffer.allocate(17)
            .put((byte) 1)
            .putLong(guid.getMostSignificantBits())
            .putLong(guid.getLeastSignificantBits())
            .array());

    shop.send(new TestRecord<>(inFront.key(), avro, headers, Events.NOON));
    shop.send(inFront);

    assertThat(shop.order(1)).isEqualTo(OrderState.of(PLACED.getOrder()));
    assertThat(shop.decisions)
        .hasExactlyElementsOfTypes(Decision.Applied.class, Decision.Duplicate.class);
    assertThat(shop.deadLetters()).isEmpty();
  }

  @Test
  void passThroughAppliesADuplicateTwiceAndTheTotalsShowIt() {
    try (Shop unprotected =
        new Shop(new PassThrough<>(Shop.SETTINGS, Shop.format(shop.registry)))) {
      unprotected.send(1, PLACED);
      unprotected.send(1, PLACED);

      assertThat(unprotected.customer(customerId(7)).eventsApplied()).isEqualTo(2);
      assertThat(unprotected.notifications()).hasSize(2);
    }
  }

  @Test
  void cancelledOrderIsCountedButNotSummed() {
    shop.send(1, PLACED);
    shop.send(2, event(OrderEventType.CANCELLED, 1, 7, 2, OrderStatus.CANCELLED, "12.50"));

    assertThat(shop.customer(customerId(7)))
        .isEqualTo(new CustomerTotals(Map.of("CANCELLED", 1L), Map.of(), 2, 0));
  }

  @Test
  void tombstoneErasesTheOrderFromTableAndTotalsAndTellsNobody() {
    shop.send(1, PLACED);
    shop.send(Events.record(2, 1, 2, null));
    shop.send(Events.record(2, 1, 2, null));

    assertThat(shop.order(1)).isNull();
    assertThat(shop.customer(customerId(7)))
        .isEqualTo(new CustomerTotals(Map.of(), Map.of(), 2, 1));
    assertThat(shop.notifications()).hasSize(1);
  }

  @Test
  void gapEndsWithTheTotalsOfTheNewestState() {
    shop.send(1, PLACED);
    shop.send(3, event(OrderEventType.SHIPPED, 1, 7, 3, OrderStatus.SHIPPED, "20"));

    assertThat(shop.decisions).last().isEqualTo(new Decision.Applied(1));
    assertThat(shop.customer(customerId(7)))
        .isEqualTo(
            new CustomerTotals(
                Map.of("SHIPPED", 1L), Map.of("EUR", new BigDecimal("20.0000")), 2, 0));
  }

  @Test
  void orderThatChangesHandsLeavesTheOldCustomersTotals() {
    shop.send(1, PLACED);
    shop.send(2, event(OrderEventType.PAID, 1, 8, 2, OrderStatus.PAID, "12.50"));

    assertThat(shop.customer(customerId(7)))
        .isEqualTo(new CustomerTotals(Map.of(), Map.of(), 1, 0));
    assertThat(shop.customer(customerId(8)).orders()).isEqualTo(1);
  }

  @Test
  void replayAfterANewerEventLeavesTheTablesAndTellsTheCustomer() {
    shop.send(1, PLACED);
    shop.send(broken(2, PAID));
    shop.send(3, SHIPPED);
    shop.send(2, PAID);
    shop.send(2, PAID);

    assertThat(Objects.requireNonNull(shop.order(1)).status()).isEqualTo("SHIPPED");
    assertThat(shop.customer(customerId(7)))
        .isEqualTo(
            new CustomerTotals(
                Map.of("SHIPPED", 1L), Map.of("EUR", new BigDecimal("12.5000")), 3, 0));
    assertThat(shop.notifications())
        .extracting(told -> told.value().getEventId())
        .containsExactly(eventId(1), eventId(3), eventId(2));
  }

  @Test
  void replayBeforeANewerEventIsAppliedInFull() {
    shop.send(1, PLACED);
    shop.send(broken(2, PAID));
    shop.send(2, PAID);

    assertThat(Objects.requireNonNull(shop.order(1)).status()).isEqualTo("PAID");
    assertThat(shop.customer(customerId(7)).eventsApplied()).isEqualTo(2);
  }

  @Test
  void poisonOfEveryKindIsADeadLetterAndStopsNothing() {
    byte[] good = Events.encode(shop.schemaId, PLACED);
    byte[] huge = {0, 0, 0, 0, (byte) shop.schemaId, 2, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f};
    int text = shop.schemas.add(Schema.create(Schema.Type.STRING));
    int stranger = shop.schemas.add(CustomerNotification.getClassSchema());
    byte[][] poison = {
      {},
      {1, 2, 3},
      "hello, this is no Avro".getBytes(StandardCharsets.UTF_8),
      Arrays.copyOf(good, good.length - 3),
      Arrays.copyOf(good, good.length + 3),
      huge,
      WireFormat.frame(99, new byte[] {1, 2, 3}),
      WireFormat.frame(text, new byte[] {2, 'x'}),
      WireFormat.frame(stranger, new byte[] {2, 'x'}),
    };
    for (int i = 0; i < poison.length; i++) {
      shop.send(Events.record(100 + i, 50, i + 1, poison[i]));
    }
    shop.send(Events.record(200, 2, 1, good)); // of another order than its key says
    shop.send(1, PLACED);

    assertThat(shop.deadLetters()).hasSize(poison.length + 1);
    assertThat(shop.decisions)
        .filteredOn(Decision.DeadLettered.class::isInstance)
        .hasSize(poison.length + 1)
        .allMatch(bad -> ((Decision.DeadLettered) bad).reason() == Reason.UNDECODABLE);
    assertThat(shop.order(1)).isNotNull();
    assertThat(shop.order(2)).isNull();
  }

  /** Nothing else would hold what the header claims against the value. */
  @Test
  void valueWithoutAVersionIsADeadLetter() {
    shop.send(Events.record(1, 1, 9007199254740991L, Events.encode(shop.schemaId, placed(0))));
    shop.send(Events.record(2, 1, 1, Events.encode(shop.schemaId, placed(-1))));
    shop.send(3, PLACED);

    assertThat(shop.deadLetters()).hasSize(2);
    assertThat(shop.order(1)).isNotNull();
  }

  private static OrderEvent placed(long version) {
    return event(OrderEventType.PLACED, 1, 7, version, OrderStatus.PLACED, "12.50");
  }

  /** It would fail in the tables' changelogs, where nobody knows which record it came of. */
  @Test
  void eventThatIsTooLargeForTheTablesIsADeadLetter() {
    OrderEvent large = placed(1);
    large.getOrder().getLines().get(0).setSku("s".repeat(Shop.LARGEST_VALUE));
    shop.send(1, large);
    shop.send(2, placed(1));

    assertThat(shop.deadLetters()).hasSize(1);
    assertThat(shop.decisions).last().isEqualTo(new Decision.Applied(0));
  }

  @Test
  void registryThatIsAwayIsNoDeadLetter() {
    shop.schemas.failsWith = 503;

    assertThatThrownBy(() -> shop.send(1, PLACED)).matches(RegistryUnavailableException::isCauseOf);

    assertThat(shop.decisions).isEmpty();
    shop.schemas.failsWith = 401;
    assertThatThrownBy(() -> shop.send(1, PLACED)).isNotNull();
    assertThat(shop.decisions).isEmpty();
    shop.schemas.failsWith = 0;
    shop.send(1, PLACED);
    assertThat(shop.decisions).containsExactly(new Decision.Applied(0));
    assertThat(shop.notifications()).hasSize(1);
  }

  @Test
  void sameEventUnderAnotherSchemaIdIsADuplicate() {
    shop.send(1, PLACED);
    int again =
        shop.schemas.add(
            new Schema.Parser()
                .parse(
                    OrderEvent.getClassSchema()
                        .toString()
                        .replace("What happened.", "What happened!")));
    shop.send(Events.record(1, 1, 1, Events.encode(again, PLACED)));

    assertThat(shop.decisions).last().isInstanceOf(Decision.Duplicate.class);
  }

  @Test
  void eventTypeAndStatusOfANewerSchemaAreUnknownAndApplied() {
    String newer =
        OrderEvent.getClassSchema()
            .toString()
            .replace("\"CANCELLED\"]", "\"CANCELLED\",\"RETURNED\"]");
    Schema schema = new Schema.Parser().parse(newer);
    byte[] value = Events.encode(shop.schemas.add(schema), SHIPPED);
    assertThat(value[5]).as("the type's symbol").isEqualTo((byte) 6);
    value[5] = 10;
    shop.send(Events.record(3, 1, 3, value));

    assertThat(Objects.requireNonNull(shop.order(1)).status()).isEqualTo("SHIPPED");
    assertThat(shop.notifications().get(0).value().getKind()).isEqualTo(NotificationKind.UNKNOWN);
  }

  @Test
  void everyNodeStoreAndInternalTopicHasAnExplicitName() {
    shop.send(1, PLACED);

    assertThat(shop.topology.describe().toString())
        .doesNotContainPattern(Pattern.compile("KSTREAM|KTABLE|\\d{10}"));
    assertThat(shop.producedTopics())
        .containsExactlyInAnyOrder(
            "customer.notifications",
            "shop-customer-deltas-added-changelog",
            "shop-customer-deltas-repartition",
            "shop-customer-deltas-sent-changelog",
            "shop-customers-changelog",
            "shop-orders-changelog",
            "shop-orders-event-ids-changelog",
            "shop-orders-versions-changelog");
  }

  private TestRecord<byte[], byte[]> broken(int number, OrderEvent event) {
    byte[] value = Events.encode(shop.schemaId, event);
    return Events.record(number, 1, event.getOrder().getVersion(), Arrays.copyOf(value, 9));
  }
}
