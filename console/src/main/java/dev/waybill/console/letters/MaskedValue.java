package dev.waybill.console.letters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waybill.console.text.Count;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** A decoded value as JSON, its leaves masked unless all may be shown. */
final class MaskedValue {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private MaskedValue() {}

  static JsonNode of(@Nullable Object value, Payloads payloads) {
    return of(value, null, payloads == Payloads.FULL);
  }

  private static JsonNode of(@Nullable Object value, @Nullable Schema schema, boolean full) {
    if (value == null) {
      return JSON.nullNode();
    }
    if (value instanceof GenericRecord record) {
      ObjectNode object = JSON.objectNode();
      for (Schema.Field field : record.getSchema().getFields()) {
        object.set(field.name(), of(record.get(field.pos()), field.schema(), full));
      }
      return object;
    }
    if (value instanceof List<?> list) {
      return list(list, schema, full);
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = JSON.objectNode();
      int number = 0;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        String name = full ? String.valueOf(entry.getKey()) : "key " + ++number;
        object.set(name, of(entry.getValue(), null, full));
      }
      return object;
    }
    return full ? leaf(value, schema) : JSON.textNode(kind(value));
  }

  private static JsonNode list(List<?> list, @Nullable Schema schema, boolean full) {
    Schema element =
        schema != null && schema.getType() == Schema.Type.ARRAY ? schema.getElementType() : null;
    ArrayNode array = JSON.arrayNode();
    list.forEach(one -> array.add(of(one, element, full)));
    return array;
  }

  private static JsonNode leaf(Object value, @Nullable Schema schema) {
    if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return schema != null && schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
          ? JSON.textNode(
              new BigDecimal(
                      copy.length == 0 ? BigInteger.ZERO : new BigInteger(copy), decimal.getScale())
                  .toPlainString())
          : JSON.textNode(HexFormat.of().formatHex(copy));
    }
    if (value instanceof GenericFixed fixed) {
      return JSON.textNode(HexFormat.of().formatHex(fixed.bytes()));
    }
    if (value instanceof Long number) {
      return JSON.numberNode(number);
    }
    if (value instanceof Integer number) {
      return JSON.numberNode(number);
    }
    return value instanceof Boolean flag ? JSON.booleanNode(flag) : JSON.textNode(value.toString());
  }

  private static String kind(Object value) {
    if (value instanceof CharSequence text) {
      return "text of %s characters".formatted(text.length());
    }
    if (value instanceof ByteBuffer bytes) {
      return Count.of(bytes.remaining(), "byte");
    }
    return value instanceof Number ? "a number" : "a value";
  }
}
