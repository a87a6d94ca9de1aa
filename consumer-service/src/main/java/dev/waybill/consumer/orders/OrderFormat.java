package dev.waybill.consumer.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.deduplication.AvroFormat;
import dev.waybill.deduplication.EventFormat;
import dev.waybill.deduplication.NotDecodableException;
import dev.waybill.orders.Money;
import dev.waybill.orders.OrderEvent;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Order events: Avro, and about the order that the record's key names. One under another order's
 * key would change a table in a partition where nobody looks for it.
 */
public final class OrderFormat implements EventFormat<OrderEvent> {
  /** Of ISO 4217. Customers' totals have an entry of each, so that there must not be any number. */
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  private static final int MOST_DIGITS = 19;

  private final AvroFormat<OrderEvent> avro;
  private final int largestValue;

  /**
   * Decodes nothing yet; the deserializer, of generated classes, stays the caller's to close.
   *
   * @param largestValue in bytes: of what an order is, the tables' topics have to take as much
   */
  public OrderFormat(Deserializer<?> deserializer, int largestValue) {
    this.avro = new AvroFormat<>(deserializer, OrderEvent.class);
    this.largestValue = largestValue;
  }

  @Override
  public OrderEvent decode(String topic, byte[] key, byte[] value, Headers headers, long version)
      throws NotDecodableException {
    if (value.length > largestValue) {
      throw new NotDecodableException(
          "the value has %s bytes, and the tables take %s".formatted(value.length, largestValue),
          null);
    }
    OrderEvent event = avro.decode(topic, key, value, headers, version);
    UUID orderId = event.getOrder().getOrderId();
    if (!isText(orderId, key)) {
      throw new NotDecodableException(
          "the value is about order %s, the key is %s".formatted(orderId, new String(key, UTF_8)),
          null);
    }
    if (event.getOrder().getVersion() < 1) {
      throw new NotDecodableException(
          "an order has no version " + event.getOrder().getVersion(), null);
    }
    Money total = event.getOrder().getTotal();
    if (!CURRENCY.matcher(total.getCurrency()).matches()
        || total.getAmount().precision() > MOST_DIGITS) {
      throw new NotDecodableException("the order's total is no amount in a currency", null);
    }
    return event;
  }

  @Override
  public long version(OrderEvent event) {
    return event.getOrder().getVersion();
  }

  @Override
  public int contentStart(byte[] value, Headers headers) {
    return avro.contentStart(value, headers);
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
