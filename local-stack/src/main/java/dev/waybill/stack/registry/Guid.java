package dev.waybill.stack.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** What Confluent's registry calls a schema everywhere: the MD5 of its text, as a UUID. */
final class Guid {
  private Guid() {}

  /** Of a schema without references, metadata and rules. */
  static String of(String schema) {
    try {
      ByteBuffer md5 =
          ByteBuffer.wrap(MessageDigest.getInstance("MD5").digest(schema.getBytes(UTF_8)));
      return new UUID(md5.getLong(), md5.getLong()).toString();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has MD5", impossible);
    }
  }
}
