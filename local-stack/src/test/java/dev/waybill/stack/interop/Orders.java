package dev.waybill.stack.interop;

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
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.ByteBufferInputStream;

/** Order events: of the schemas here, the one with types inside types. */
final class Orders {
  private static final BigDecimal PRICE = new BigDecimal("19.9900");

  private Orders() {}

  static OrderEvent placed() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Order order =
        new Order(
            Generators.timeBasedEpochGenerator().generate(),
            Generators.randomBasedGenerator().generate(),
            OrderStatus.PLACED,
            List.of(new OrderLine("SKU-1", 1, PRICE)),
            new Money(PRICE, "EUR"),
            1L,
            now,
            now);
    return new OrderEvent(OrderEventType.PLACED, order, null, null, null, null);
  }

  /** The order's next event. */
  static OrderEvent paid(OrderEvent placed) {
    Order was = placed.getOrder();
    Order order =
        new Order(
            was.getOrderId(),
            was.getCustomerId(),
            OrderStatus.PAID,
            was.getLines(),
            was.getTotal(),
            2L,
            was.getPlacedAt(),
            was.getUpdatedAt());
    return new OrderEvent(OrderEventType.PAID, order, "a reference", null, null, null);
  }

  /** The same without the generated classes, which others do not have. */
  static GenericRecord generic(OrderEvent event) {
    try {
      ByteBuffer bytes = event.toByteBuffer();
      // A single-object encoding has a marker and a fingerprint in front.
      bytes.position(bytes.position() + 10);
      return new GenericDatumReader<GenericRecord>(OrderEvent.getClassSchema())
          .read(
              null,
              DecoderFactory.get().binaryDecoder(new ByteBufferInputStream(List.of(bytes)), null));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
