package dev.waybill.consumer.orders;

import dev.waybill.deduplication.NewEvent;
import dev.waybill.deduplication.Recognition;
import dev.waybill.notifications.CustomerNotification;
import dev.waybill.orders.OrderEvent;
import dev.waybill.registry.AvroSerde;
import dev.waybill.registry.SchemaRegistry;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * B's topology: the tables {@value #ORDERS} (by order id) and {@value #CUSTOMERS} (by customer id),
 * and the notifications. Keys are ids as text.
 */
public final class OrderTopology {
  /** The store of {@link OrderState}, keyed by order id. */
  public static final String ORDERS = "orders";

  /** The store of {@link CustomerTotals}, keyed by customer id. */
  public static final String CUSTOMERS = "customers";

  /** The internal topic in which orders' tasks tell customers' tasks what to add. */
  public static final String DELTAS = "customer-deltas";

  /** The store of the last delta that a task sent. */
  static final String DELTAS_SENT = "customer-deltas-sent";

  /** The store of how far a task has added the deltas of each that sends some. */
  static final String DELTAS_ADDED = "customer-deltas-added";

  private OrderTopology() {}

  /**
   * Builds it.
   *
   * @param recognition what stands before it
   * @param latency told, for each event that takes effect and says when it occurred, how long ago
   *     that was; called in the stream threads
   * @param deltaDropped told of each addition to a customer's totals that came again, and was not
   *     added again; called in the stream threads
   */
  public static Topology build(
      Recognition<OrderEvent> recognition,
      SchemaRegistry registry,
      String notificationTopic,
      Consumer<Duration> latency,
      Runnable deltaDropped) {
    StreamsBuilder builder = new StreamsBuilder();
    KStream<byte[], OrderChange> changes =
        recognition
            .newEvents(builder)
            .processValues(OrdersProcessor.supplier(latency), Named.as("orders-table"));
    notify(changes, registry, notificationTopic);
    sum(changes, deltaDropped);
    return builder.build();
  }

  private static void notify(
      KStream<byte[], OrderChange> changes, SchemaRegistry registry, String topic) {
    AvroSerde<CustomerNotification> avro = new AvroSerde<>(registry, CustomerNotification.class);
    changes
        .filter(
            (orderId, change) -> change.event().value() != null, Named.as("notifications-filter"))
        .map((orderId, change) -> notification(change.event()), Named.as("notifications-map"))
        .to(
            topic,
            Produced.with(Serdes.String(), (Serde<CustomerNotification>) avro)
                .withName("notifications"));
  }

  private static KeyValue<String, CustomerNotification> notification(NewEvent<OrderEvent> event) {
    CustomerNotification notification = Notifications.of(event);
    return KeyValue.pair(notification.getCustomerId().toString(), notification);
  }

  /** Orders are partitioned by order: what they add to their customers' totals moves to these. */
  private static void sum(KStream<byte[], OrderChange> changes, Runnable deltaDropped) {
    changes
        .process(DeltasProcessor.supplier(), Named.as("customer-deltas-map"))
        .repartition(
            Repartitioned.with(Serdes.String(), (Serde<CustomerTotals>) new CustomerTotalsSerde())
                .withName(DELTAS))
        .process(CustomersProcessor.supplier(deltaDropped), Named.as("customers-table"));
  }
}
