package dev.waybill.consumer.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Reads what B's stores held before their schemas were Avro's: a byte 1, then the fields; numbers
 * in zigzag, seven bits a byte. A value of that form stays until its key is written again, so this
 * can go when nobody's stores and changelogs are as old as that.
 */
final class FormatOne {
  private final ByteBuffer bytes;

  private FormatOne(byte[] stored) {
    this.bytes = ByteBuffer.wrap(stored, 1, stored.length - 1);
  }

  static boolean is(byte[] stored) {
    return stored.length > 0 && stored[0] == 1;
  }

  static OrderState order(byte[] stored) {
    FormatOne in = new FormatOne(stored);
    UUID id = in.uuid();
    UUID customerId = in.uuid();
    String status = in.text();
    long version = in.number();
    OrderState.Money total = new OrderState.Money(in.decimal(), in.text());
    Instant placedAt = in.instant();
    Instant updatedAt = in.instant();
    List<OrderState.Line> lines = new ArrayList<>();
    for (long left = in.number(); left > 0; left--) {
      lines.add(new OrderState.Line(in.text(), (int) in.number(), in.decimal()));
    }
    return new OrderState(id, customerId, status, version, lines, total, placedAt, updatedAt);
  }

  static CustomerTotals totals(byte[] stored) {
    FormatOne in = new FormatOne(stored);
    long events = in.number();
    long erased = in.number();
    Map<String, Long> orders = new TreeMap<>();
    for (long left = in.number(); left > 0; left--) {
      orders.put(in.text(), in.number());
    }
    Map<String, BigDecimal> amounts = new TreeMap<>();
    for (long left = in.number(); left > 0; left--) {
      amounts.put(in.text(), in.decimal());
    }
    return new CustomerTotals(orders, amounts, events, erased);
  }

  private long number() {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes.get();
      value |= (next & 0x7fL) << shift;
      shift += 7;
    } while (next < 0);
    return (value >>> 1) ^ -(value & 1);
  }

  private UUID uuid() {
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  private String text() {
    return new String(array(), UTF_8);
  }

  private BigDecimal decimal() {
    int scale = (int) number();
    return new BigDecimal(new BigInteger(array()), scale);
  }

  private Instant instant() {
    return Instant.ofEpochSecond(number(), number());
  }

  private byte[] array() {
    byte[] array = new byte[(int) number()];
    bytes.get(array);
    return array;
  }
}
