package dev.waybill.outbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.avro.Schema;

/**
 * The full JSON of a schema: documentation, defaults, logical types and every other property. What
 * of that a registry is told is the business of whoever registers it.
 *
 * @param json as {@link Schema#toString()} writes it
 * @param sha256 of the JSON in UTF-8, in hexadecimal
 */
record SchemaText(String json, String sha256) {

  static SchemaText of(Schema schema) {
    String json = schema.toString();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
      return new SchemaText(json, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  byte[] sha256Bytes() {
    return HexFormat.of().parseHex(sha256);
  }
}
