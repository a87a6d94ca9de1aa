package dev.waybill.registry;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Confluent's wire format: a zero byte, the schema id (four bytes, big-endian), the Avro binary.
 *
 * <p>From version 8 on Confluent's serializer can instead name the schema in a record's header,
 * {@code __key_schema_id} or {@code __value_schema_id}: a byte 1 and the sixteen of the schema's
 * GUID, big-endian. Key or value are then the Avro binary alone. Its deserializer takes either form
 * in either place, and so does this module's; a header goes before.
 */
public final class WireFormat {
  /** The bytes before the Avro binary, where a value names its schema by id. */
  public static final int HEADER_BYTES = 5;

  /** The header that can name the schema of a record's value, and then goes before the value. */
  public static final String VALUE_SCHEMA = "__value_schema_id";

  private static final byte MAGIC = 0;
  private static final byte GUID_MAGIC = 1;
  static final int GUID_BYTES = 17;

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

  /**
   * Where the Avro binary begins in a value: 0 when a header names its schema, or nothing does.
   *
   * @param headers of the value's record
   */
  public static int contentStart(Headers headers, byte[] value) {
    if (value.length == 0 || header(headers, false) != null) {
      return 0;
    }
    int framed = value[0] == MAGIC ? HEADER_BYTES : value[0] == GUID_MAGIC ? GUID_BYTES : 0;
    return framed <= value.length ? framed : 0;
  }

  /** What the record's header says; null without one. */
  static @Nullable SchemaName inHeader(Headers headers, boolean key) {
    byte[] name = header(headers, key);
    if (name == null) {
      return null;
    }
    if (name.length == GUID_BYTES && name[0] == GUID_MAGIC) {
      return guid(name, 0);
    }
    if (name.length == HEADER_BYTES && name[0] == MAGIC) {
      return new SchemaName.Id(schemaId(name));
    }
    throw new SerializationException(
        "the header %s names no schema: %s"
            .formatted(
                headerName(key), HexFormat.of().formatHex(name, 0, Math.min(name.length, 32))));
  }

  private static byte @Nullable [] header(Headers headers, boolean key) {
    Header header = headers.lastHeader(headerName(key));
    return header == null ? null : header.value();
  }

  private static String headerName(boolean key) {
    return key ? "__key_schema_id" : VALUE_SCHEMA;
  }

  static boolean hasGuid(byte[] bytes, int offset, int length) {
    return length >= GUID_BYTES && bytes[offset] == GUID_MAGIC;
  }

  static SchemaName guid(byte[] bytes, int offset) {
    ByteBuffer guid = ByteBuffer.wrap(bytes, offset + 1, GUID_BYTES - 1);
    return new SchemaName.Guid(new UUID(guid.getLong(), guid.getLong()));
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
              + ", not 0x00, nor 0x01 and a GUID");
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
