package dev.waybill.consumer.orders;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Where a delta comes from: what its header {@value #HEADER} says, in {@value #BYTES} bytes, three
 * numbers, the highest byte first.
 *
 * @param sender the partition of the orders' task that sent it (4 bytes)
 * @param count by which the sender tells this row of numbers from one that it began before its
 *     store was lost (8 bytes, drawn by lot)
 * @param number of the delta, 1 for the count's first (8 bytes). Each of the sender's receivers
 *     sees rising numbers, with gaps where others received
 */
record DeltaOrigin(int sender, long count, long number) {
  static final String HEADER = "delta-origin";

  private static final int BYTES = Integer.BYTES + 2 * Long.BYTES;

  /** Before the first delta of a new count. */
  static DeltaOrigin begin(int sender) {
    return new DeltaOrigin(sender, UUID.randomUUID().getLeastSignificantBits(), 0);
  }

  DeltaOrigin next() {
    return new DeltaOrigin(sender, count, number + 1);
  }

  /** What the numbers of one count have in common. */
  Bytes countKey() {
    ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + Long.BYTES);
    return Bytes.wrap(out.putInt(sender).putLong(count).array());
  }

  byte[] encode() {
    return ByteBuffer.allocate(BYTES).putInt(sender).putLong(count).putLong(number).array();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalStateException when it is something else
   */
  static DeltaOrigin decode(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalStateException(
          "a delta's origin has %s bytes, which this program does not know; was it written by a later one?"
              .formatted(bytes.length));
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new DeltaOrigin(in.getInt(), in.getLong(), in.getLong());
  }

  /** What the headers say; null when the delta is of a B before there were origins. */
  static @Nullable DeltaOrigin of(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    return header == null ? null : decode(header.value());
  }
}
