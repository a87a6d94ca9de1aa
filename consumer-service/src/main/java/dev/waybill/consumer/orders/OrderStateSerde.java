package dev.waybill.consumer.orders;

import dev.waybill.stores.StoredAmount;
import dev.waybill.stores.StoredLine;
import dev.waybill.stores.StoredOrder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

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
            .map(line -> new StoredLine(line.sku(), line.quantity(), stored(line.unitPrice())))
            .toList(),
        stored(order.total().amount()),
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
                line ->
                    new OrderState.Line(
                        line.getSku(), line.getQuantity(), amount(line.getUnitPrice())))
            .toList(),
        new OrderState.Money(amount(stored.getTotal()), stored.getCurrency()),
        stored.getPlacedAt(),
        stored.getUpdatedAt());
  }

  private static StoredAmount stored(BigDecimal amount) {
    return new StoredAmount(ByteBuffer.wrap(amount.unscaledValue().toByteArray()), amount.scale());
  }

  private static BigDecimal amount(StoredAmount stored) {
    return new BigDecimal(new BigInteger(Utils.toArray(stored.getUnscaled())), stored.getScale());
  }
}
