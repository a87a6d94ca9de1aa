package dev.waybill.consumer.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.orders.Money;
import dev.waybill.orders.Order;
import dev.waybill.orders.OrderEvent;
import dev.waybill.orders.OrderEventType;
import dev.waybill.orders.OrderLine;
import dev.waybill.orders.OrderStatus;
import dev.waybill.registry.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** Events of orders as the relay sends them. */
final class Events {
  static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private Events() {}

  static UUID orderId(int number) {
    return new UUID(0x0193000000007000L, 0x8000000000000000L | number);
  }

  static UUID customerId(int number) {
    return new UUID(0x0193000000007001L, 0x8000000000000000L | number);
  }

  static UUID eventId(int number) {
    return new UUID((NOON.toEpochMilli() << 16) | 0x7000, 0x8000000000000000L | number);
  }

  static OrderEvent event(
      OrderEventType type, int order, int customer, long version, OrderStatus status, String sum) {
    BigDecimal amount = new BigDecimal(sum).setScale(4);
    return OrderEvent.newBuilder()
        .setType(type)
        .setOrder(
            Order.newBuilder()
                .setOrderId(orderId(order))
                .setCustomerId(customerId(customer))
                .setStatus(status)
                .setLines(List.of(line("sku-1", 2, amount)))
                .setTotal(Money.newBuilder().setAmount(amount).setCurrency("EUR").build())
                .setVersion(version)
                .setPlacedAt(NOON)
                .setUpdatedAt(NOON.plusSeconds(version))
                .build())
        .build();
  }

  private static OrderLine line(String sku, int quantity, BigDecimal unitPrice) {
    return OrderLine.newBuilder().setSku(sku).setQuantity(quantity).setUnitPrice(unitPrice).build();
  }

  static TestRecord<byte[], byte[]> record(
      int number, int order, long version, byte @Nullable [] value) {
    RecordHeaders headers = new RecordHeaders();
    add(headers, "ce_id", eventId(number).toString());
    add(headers, "ce_sequence", Long.toString(version));
    add(headers, "ce_type", value == null ? "OrderErased" : "OrderChanged");
    add(headers, "ce_time", NOON.toString());
    add(headers, "traceparent", "00-1-1-01");
    return tombstoneOr(orderId(order).toString().getBytes(UTF_8), value, headers);
  }

  static byte[] encode(int schemaId, OrderEvent event) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new SpecificDatumWriter<>(OrderEvent.class).write(event, encoder);
      encoder.flush();
      return WireFormat.frame(schemaId, out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("NullAway") // Kafka's signature: a tombstone has no value
  private static TestRecord<byte[], byte[]> tombstoneOr(
      byte[] key, byte @Nullable [] value, RecordHeaders headers) {
    return new TestRecord<>(key, value, headers, NOON);
  }

  private static void add(RecordHeaders headers, String name, String text) {
    headers.add(name, text.getBytes(UTF_8));
  }
}
