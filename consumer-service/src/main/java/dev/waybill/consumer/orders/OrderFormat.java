package dev.waybill.consumer.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.deduplication.AvroFormat;
import dev.waybill.deduplication.EventFormat;
import dev.waybill.deduplication.NotDecodableException;
import dev.waybill.orders.OrderEvent;
import java.util.UUID;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Order events: Avro, and about the order that the record's key names. One under another order's
 * key would change a table in a partition where nobody looks for it.
 */
public final class OrderFormat implements EventFormat<OrderEvent> {
  private final AvroFormat<OrderEvent> avro;

  /** Decodes nothing yet; the deserializer, of generated classes, stays the caller's to close. */
  public OrderFormat(Deserializer<?> deserializer) {
    this.avro = new AvroFormat<>(deserializer, OrderEvent.class);
  }

  @Override
  public OrderEvent decode(String topic, byte[] key, byte[] value) throws NotDecodableException {
    OrderEvent event = avro.decode(topic, key, value);
    UUID orderId = event.getOrder().getOrderId();
    if (!isText(orderId, key)) {
      throw new NotDecodableException(
          "the value is about order %s, the key is %s".formatted(orderId, new String(key, UTF_8)),
          null);
    }
    return event;
  }

  @Override
  public long version(OrderEvent event) {
    return event.getOrder().getVersion();
  }

  @Override
  public int contentStart(byte[] value) {
    return avro.contentStart(value);
  }

  private static boolean isText(UUID id, byte[] key) {
    String text = id.toString();
    if (key.length != text.length()) {
      return false;
    }
    for (int i = 0; i < key.length; i++) {
      if (key[i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
