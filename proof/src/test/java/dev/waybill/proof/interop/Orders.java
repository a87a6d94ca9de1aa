package dev.waybill.proof.interop;

import com.fasterxml.uuid.Generators;
import dev.waybill.orders.Money;
import dev.waybill.orders.Order;
import dev.waybill.orders.OrderEvent;
import dev.waybill.orders.OrderEventType;
import dev.waybill.orders.OrderLine;
import dev.waybill.orders.OrderStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.ByteBufferInputStream;

/** Order events: of the schemas here, the one with types inside types. */
public final class Orders {
  private static final BigDecimal PRICE = new BigDecimal("19.9900");

  private Orders() {}

  public static OrderEvent placed() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Order order =
        Order.newBuilder()
            .setOrderId(Generators.timeBasedEpochGenerator().generate())
            .setCustomerId(Generators.randomBasedGenerator().generate())
            .setStatus(OrderStatus.PLACED)
            .setLines(List.of(line()))
            .setTotal(Money.newBuilder().setAmount(PRICE).setCurrency("EUR").build())
            .setVersion(1L)
            .setPlacedAt(now)
            .setUpdatedAt(now)
            .build();
    return OrderEvent.newBuilder().setType(OrderEventType.PLACED).setOrder(order).build();
  }

  private static OrderLine line() {
    return OrderLine.newBuilder().setSku("SKU-1").setQuantity(1).setUnitPrice(PRICE).build();
  }

  /** The order's next event. */
  public static OrderEvent paid(OrderEvent placed) {
    Order was = placed.getOrder();
    Order order =
        Order.newBuilder()
            .setOrderId(was.getOrderId())
            .setCustomerId(was.getCustomerId())
            .setStatus(OrderStatus.PAID)
            .setLines(was.getLines())
            .setTotal(was.getTotal())
            .setVersion(2L)
            .setPlacedAt(was.getPlacedAt())
            .setUpdatedAt(was.getUpdatedAt())
            .build();
    return OrderEvent.newBuilder()
        .setType(OrderEventType.PAID)
        .setOrder(order)
        .setPaymentReference("a reference")
        .build();
  }

  /** The same without the generated classes, which others do not have. */
  static GenericRecord generic(OrderEvent event) {
    return generic(event, OrderEvent.getClassSchema());
  }

  /** The same with another schema, which has no field that the event's has not. */
  public static GenericRecord generic(OrderEvent event, Schema schema) {
    try {
      ByteBuffer bytes = event.toByteBuffer();
      // A single-object encoding has a marker and a fingerprint in front.
      bytes.position(bytes.position() + 10);
      return new GenericDatumReader<GenericRecord>(event.getSchema(), schema)
          .read(
              null,
              DecoderFactory.get().binaryDecoder(new ByteBufferInputStream(List.of(bytes)), null));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
