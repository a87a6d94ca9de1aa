package dev.waybill.consumer.orders;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Orders as the store and its changelog hold them: compact, and readable without a registry. The
 * first byte says the format.
 */
final class OrderStateSerde implements Serde<OrderState> {
  private static final byte FORMAT = 1;

  @Override
  @SuppressWarnings("NullAway") // Kafka's signature: no order is no value
  public Serializer<OrderState> serializer() {
    return (topic, order) -> order == null ? null : write(order);
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka's signature: no value is no order
  public Deserializer<OrderState> deserializer() {
    return (topic, bytes) -> bytes == null ? null : read(bytes);
  }

  private static byte[] write(OrderState order) {
    BytesOut out =
        new BytesOut()
            .single(FORMAT)
            .uuid(order.id())
            .uuid(order.customerId())
            .text(order.status())
            .number(order.version())
            .decimal(order.total().amount())
            .text(order.total().currency())
            .instant(order.placedAt())
            .instant(order.updatedAt())
            .number(order.lines().size());
    for (OrderState.Line line : order.lines()) {
      out.text(line.sku()).number(line.quantity()).decimal(line.unitPrice());
    }
    return out.toBytes();
  }

  private static OrderState read(byte[] bytes) {
    BytesIn in = new BytesIn(bytes, FORMAT, "order");
    UUID id = in.uuid();
    UUID customerId = in.uuid();
    String status = in.text();
    long version = in.number();
    OrderState.Money total = new OrderState.Money(in.decimal(), in.text());
    var placedAt = in.instant();
    var updatedAt = in.instant();
    int lines = in.count();
    List<OrderState.Line> all = new ArrayList<>(lines);
    for (int i = 0; i < lines; i++) {
      all.add(new OrderState.Line(in.text(), in.count(), in.decimal()));
    }
    return new OrderState(id, customerId, status, version, all, total, placedAt, updatedAt);
  }
}
