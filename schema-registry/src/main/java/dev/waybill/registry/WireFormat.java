package dev.waybill.registry;

import java.util.HexFormat;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Confluent's wire format: a zero byte, the schema id (four bytes, big-endian), the Avro binary.
 */
public final class WireFormat {
  /** The bytes before the Avro binary. */
  public static final int HEADER_BYTES = 5;

  private static final byte MAGIC = 0;

  private WireFormat() {}

  /** The five bytes of this schema id, then the Avro binary, in a new array. */
  public static byte[] frame(int schemaId, byte[] avro) {
    byte[] value = new byte[HEADER_BYTES + avro.length];
    putHeader(value, schemaId);
    System.arraycopy(avro, 0, value, HEADER_BYTES, avro.length);
    return value;
  }

  /**
   * The schema id that a value names.
   *
   * @throws SerializationException if the value is too short or does not begin with a zero byte
   */
  public static int schemaId(byte[] value) {
    return schemaId(value, 0, value.length);
  }

  static int schemaId(byte[] bytes, int offset, int length) {
    if (length < HEADER_BYTES) {
      throw new SerializationException(
          "not in the registry's wire format: %s bytes, fewer than the %s of its header"
              .formatted(length, HEADER_BYTES));
    }
    if (bytes[offset] != MAGIC) {
      throw new SerializationException(
          "not in the registry's wire format: begins with byte 0x"
              + HexFormat.of().toHexDigits(bytes[offset])
              + ", not 0x00");
    }
    return (bytes[offset + 1] & 0xff) << 24
        | (bytes[offset + 2] & 0xff) << 16
        | (bytes[offset + 3] & 0xff) << 8
        | (bytes[offset + 4] & 0xff);
  }

  static void putHeader(byte[] value, int schemaId) {
    value[0] = MAGIC;
    value[1] = (byte) (schemaId >>> 24);
    value[2] = (byte) (schemaId >>> 16);
    value[3] = (byte) (schemaId >>> 8);
    value[4] = (byte) schemaId;
  }
}
