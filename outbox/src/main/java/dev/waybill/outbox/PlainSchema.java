package dev.waybill.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * The full JSON of a schema, with documentation, defaults and logical types, but without {@code
 * avro.java.string}: that property says how Java holds a string, generated classes carry it, and a
 * registry would take it for another schema.
 *
 * @param json as {@link Schema#toString()} writes it
 * @param sha256 of the JSON in UTF-8, in hexadecimal
 */
record PlainSchema(String json, String sha256) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static PlainSchema of(Schema schema) {
    String json = schema.toString();
    if (json.contains(GenericData.STRING_PROP)) {
      json = new Schema.Parser().parse(withoutStringProperty(json)).toString();
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
      return new PlainSchema(json, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  byte[] sha256Bytes() {
    return HexFormat.of().parseHex(sha256);
  }

  private static String withoutStringProperty(String json) {
    try {
      JsonNode tree = JSON.readTree(json);
      strip(tree);
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Avro wrote a schema that is not JSON: " + json, e);
    }
  }

  /** Descends only into what is a schema, not into defaults or other properties. */
  private static void strip(JsonNode node) {
    if (node.isArray()) {
      node.forEach(PlainSchema::strip);
    } else if (node instanceof ObjectNode object) {
      object.remove(GenericData.STRING_PROP);
      for (String part : new String[] {"type", "fields", "items", "values"}) {
        if (object.path(part).isContainerNode()) {
          strip(object.get(part));
        }
      }
    }
  }
}
