package dev.waybill.console.letters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro's generic values as JSON for people, which {@link AvroJsonReader} takes back: decimals are
 * their numbers in text, bytes are hexadecimal digits, and what is optional has no type around it.
 * In a union of several types, the type is around the value: <code>{"long": 5}</code>.
 */
final class AvroJson {
  static final Conversions.DecimalConversion DECIMALS = new Conversions.DecimalConversion();

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AvroJson() {}

  /** Of a value that was read with this schema. */
  static JsonNode of(@Nullable Object value, Schema schema) {
    if (value == null) {
      return JSON.nullNode();
    }
    return switch (schema.getType()) {
      case RECORD -> record((IndexedRecord) value);
      case ARRAY -> array((List<?>) value, schema.getElementType());
      case MAP -> map((Map<?, ?>) value, schema.getValueType());
      case UNION -> union(value, schema);
      case BYTES, FIXED -> bytes(value, schema);
      case INT -> JSON.numberNode((Integer) value);
      case LONG -> JSON.numberNode((Long) value);
      case FLOAT, DOUBLE -> number((Number) value);
      case BOOLEAN -> JSON.booleanNode((Boolean) value);
      case NULL -> JSON.nullNode();
      case STRING, ENUM -> JSON.textNode(value.toString());
    };
  }

  private static JsonNode record(IndexedRecord record) {
    ObjectNode object = JSON.objectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      object.set(field.name(), of(record.get(field.pos()), field.schema()));
    }
    return object;
  }

  private static JsonNode array(List<?> list, Schema element) {
    ArrayNode array = JSON.arrayNode();
    list.forEach(one -> array.add(of(one, element)));
    return array;
  }

  private static JsonNode map(Map<?, ?> map, Schema value) {
    ObjectNode object = JSON.objectNode();
    map.forEach((name, one) -> object.set(String.valueOf(name), of(one, value)));
    return object;
  }

  private static JsonNode union(Object value, Schema union) {
    Schema type = union.getTypes().get(GenericData.get().resolveUnion(union, value));
    JsonNode json = of(value, type);
    return optional(union) == null ? JSON.objectNode().set(type.getFullName(), json) : json;
  }

  /** The only type of a union beside null; null when it has several. */
  static @Nullable Schema optional(Schema union) {
    List<Schema> types =
        union.getTypes().stream().filter(one -> one.getType() != Schema.Type.NULL).toList();
    return types.size() == 1 ? types.get(0) : null;
  }

  private static JsonNode bytes(Object value, Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return JSON.textNode(
          (value instanceof GenericFixed fixed
                  ? DECIMALS.fromFixed(fixed, schema, decimal)
                  : DECIMALS.fromBytes(((ByteBuffer) value).duplicate(), schema, decimal))
              .toPlainString());
    }
    if (value instanceof GenericFixed fixed) {
      return JSON.textNode(HexFormat.of().formatHex(fixed.bytes()));
    }
    ByteBuffer bytes = ((ByteBuffer) value).duplicate();
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return JSON.textNode(HexFormat.of().formatHex(copy));
  }

  private static JsonNode number(Number value) {
    boolean finite = Double.isFinite(value.doubleValue());
    if (!finite) {
      return JSON.textNode(value.toString());
    }
    return value instanceof Float number
        ? JSON.numberNode(number)
        : JSON.numberNode(value.doubleValue());
  }
}
