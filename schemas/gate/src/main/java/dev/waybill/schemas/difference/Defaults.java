package dev.waybill.schemas.difference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.util.internal.Accessor;
import org.jspecify.annotations.Nullable;

/** Fields' defaults as they are written: JSON. */
public final class Defaults {
  private Defaults() {}

  /** The default of a field, valid or not; a missing node when it has none. */
  public static JsonNode of(Field field) {
    JsonNode value = Accessor.defaultValue(field); // what Avro's own readers ask
    return value == null ? MissingNode.getInstance() : value;
  }

  /**
   * Whether the JSON is a value of the type, as Avro's specification writes defaults. Avro's own
   * parser takes symbols that an enum does not have, and bytes of any length for a fixed.
   */
  public static boolean isOf(Schema type, JsonNode value) {
    return switch (type.getType()) {
      case NULL -> value.isNull();
      case BOOLEAN -> value.isBoolean();
      case INT -> value.isIntegralNumber() && value.canConvertToInt();
      case LONG -> value.isIntegralNumber() && value.canConvertToLong();
      case FLOAT, DOUBLE -> value.isNumber();
      case STRING -> value.isTextual();
      case BYTES -> isBytes(value);
      case FIXED -> isBytes(value) && value.asText().length() == type.getFixedSize();
      case ENUM -> value.isTextual() && type.hasEnumSymbol(value.asText());
      case ARRAY -> value.isArray() && each(value, one -> isOf(type.getElementType(), one));
      case MAP -> value.isObject() && each(value, one -> isOf(type.getValueType(), one));
      case UNION -> !type.getTypes().isEmpty() && isOf(type.getTypes().get(0), value);
      case RECORD ->
          value.isObject()
              && type.getFields().stream().allMatch(field -> isOf(field, value.get(field.name())));
    };
  }

  private static boolean isOf(Field field, @Nullable JsonNode value) {
    return value == null ? field.hasDefaultValue() : isOf(field.schema(), value);
  }

  /** Each character stands for a byte. */
  private static boolean isBytes(JsonNode value) {
    return value.isTextual() && value.asText().chars().allMatch(one -> one <= 0xFF);
  }

  private static boolean each(JsonNode values, Predicate<JsonNode> test) {
    return StreamSupport.stream(values.spliterator(), false).allMatch(test);
  }
}
