package dev.waybill.consumer.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

/** Reads what {@link BytesOut} wrote. */
final class BytesIn {
  private final ByteBuffer bytes;

  /**
   * Begins behind the format's byte.
   *
   * @throws IllegalStateException when it is another format's
   */
  BytesIn(byte[] bytes, byte format, String what) {
    if (bytes.length == 0 || bytes[0] != format) {
      throw new IllegalStateException(
          "a stored %s is not of format %d, the only one that this version knows"
              .formatted(what, format));
    }
    this.bytes = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
  }

  long number() {
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

  int count() {
    return (int) number();
  }

  UUID uuid() {
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  String text() {
    return new String(array(), UTF_8);
  }

  BigDecimal decimal() {
    int scale = count();
    return new BigDecimal(new BigInteger(array()), scale);
  }

  Instant instant() {
    return Instant.ofEpochSecond(number(), number());
  }

  private byte[] array() {
    byte[] array = new byte[count()];
    bytes.get(array);
    return array;
  }
}
