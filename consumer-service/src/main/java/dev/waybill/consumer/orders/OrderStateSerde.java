package dev.waybill.consumer.orders;

import dev.waybill.stores.StoredLine;
import dev.waybill.stores.StoredOrder;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Orders as the store and its changelog hold them. */
final class OrderStateSerde implements Serde<OrderState> {
  private final StoredForm<StoredOrder> form = StoredForm.of("orders-store", StoredOrder.class);

  @Override
  @SuppressWarnings("NullAway") // Kafka's signature: no order is no value
  public Serializer<OrderState> serializer() {
    return (topic, order) -> order == null ? null : form.write(stored(order));
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka's signature: no value is no order
  public Deserializer<OrderState> deserializer() {
    return (topic, bytes) -> bytes == null ? null : read(bytes);
  }

  private OrderState read(byte[] bytes) {
    return FormatOne.is(bytes) ? FormatOne.order(bytes) : order(form.read(bytes));
  }

  private static StoredOrder stored(OrderState order) {
    return new StoredOrder(
        order.id(),
        order.customerId(),
        order.status(),
        order.version(),
        order.lines().stream()
            .map(line -> new StoredLine(line.sku(), line.quantity(), line.unitPrice()))
            .toList(),
        order.total().amount(),
        order.total().currency(),
        order.placedAt(),
        order.updatedAt());
  }

  private static OrderState order(StoredOrder stored) {
    return new OrderState(
        stored.getId(),
        stored.getCustomerId(),
        stored.getStatus(),
        stored.getVersion(),
        stored.getLines().stream()
            .map(
                line -> new OrderState.Line(line.getSku(), line.getQuantity(), line.getUnitPrice()))
            .toList(),
        new OrderState.Money(stored.getTotal(), stored.getCurrency()),
        stored.getPlacedAt(),
        stored.getUpdatedAt());
  }
}
