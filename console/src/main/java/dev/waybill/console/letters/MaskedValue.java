package dev.waybill.console.letters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waybill.console.text.Count;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** A decoded value as JSON, its leaves masked unless all may be shown. */
final class MaskedValue {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private MaskedValue() {}

  static JsonNode of(@Nullable Object value, Payloads payloads) {
    return of(value, payloads == Payloads.FULL);
  }

  private static JsonNode of(@Nullable Object value, boolean full) {
    if (value == null) {
      return JSON.nullNode();
    }
    if (value instanceof GenericRecord record) {
      return full ? AvroJson.of(record, record.getSchema()) : masked(record);
    }
    if (value instanceof List<?> list) {
      ArrayNode array = JSON.arrayNode();
      list.forEach(one -> array.add(of(one, full)));
      return array;
    }
    if (value instanceof Map<?, ?> map) {
      return map(map, full);
    }
    return full ? leaf(value) : JSON.textNode(kind(value));
  }

  private static JsonNode masked(GenericRecord record) {
    ObjectNode object = JSON.objectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      object.set(field.name(), of(record.get(field.pos()), false));
    }
    return object;
  }

  private static JsonNode map(Map<?, ?> map, boolean full) {
    ObjectNode object = JSON.objectNode();
    int number = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String name = full ? String.valueOf(entry.getKey()) : "key " + ++number;
      object.set(name, of(entry.getValue(), full));
    }
    return object;
  }

  /** Of a value that is no record, nor in one. */
  private static JsonNode leaf(Object value) {
    if (value instanceof byte[] bytes) {
      return JSON.textNode(HexFormat.of().formatHex(bytes));
    }
    return value instanceof Number || value instanceof Boolean
        ? JSON.pojoNode(value)
        : JSON.textNode(value.toString());
  }

  private static String kind(Object value) {
    if (value instanceof CharSequence text) {
      return "text of %s characters".formatted(text.length());
    }
    if (value instanceof byte[] bytes) {
      return Count.of(bytes.length, "byte");
    }
    if (value instanceof ByteBuffer bytes) {
      return Count.of(bytes.remaining(), "byte");
    }
    return value instanceof Number ? "a number" : "a value";
  }
}
