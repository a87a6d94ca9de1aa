package dev.waybill.consumer.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** Appends values to an array of bytes that grows. */
final class BytesOut {
  private byte[] bytes = new byte[256];
  private int length;

  BytesOut single(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  /** Small numbers, also negative ones, take few bytes (zigzag, then seven bits a byte). */
  BytesOut number(long value) {
    room(10);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  BytesOut uuid(UUID id) {
    return eight(id.getMostSignificantBits()).eight(id.getLeastSignificantBits());
  }

  BytesOut text(String text) {
    return array(text.getBytes(UTF_8));
  }

  BytesOut decimal(BigDecimal value) {
    return number(value.scale()).array(value.unscaledValue().toByteArray());
  }

  BytesOut instant(Instant instant) {
    return number(instant.getEpochSecond()).number(instant.getNano());
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private BytesOut array(byte[] value) {
    number(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  private BytesOut eight(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
