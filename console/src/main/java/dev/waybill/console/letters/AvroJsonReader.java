package dev.waybill.console.letters;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.avro.AvroTypeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/**
 * Makes an Avro value of JSON as {@link AvroJson} writes it. Fields with a default may be left out.
 */
final class AvroJsonReader {
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,500}([.][0-9]{1,500})?");

  private AvroJsonReader() {}

  /**
   * The value.
   *
   * @throws IllegalArgumentException when it does not fit the schema; the words say where
   */
  static @Nullable Object read(JsonNode json, Schema schema) {
    return read(json, schema, "");
  }

  private static @Nullable Object read(JsonNode json, Schema schema, String at) {
    return switch (schema.getType()) {
      case RECORD -> record(json, schema, at);
      case ARRAY -> array(json, schema, at);
      case MAP -> map(json, schema, at);
      case UNION -> union(json, schema, at);
      case ENUM -> symbol(json, schema, at);
      case STRING -> text(json, at, "text");
      case BYTES, FIXED -> bytes(json, schema, at);
      case INT ->
          fits(json.isIntegralNumber() && json.canConvertToInt(), at, "an int", json).intValue();
      case LONG ->
          fits(json.isIntegralNumber() && json.canConvertToLong(), at, "a long", json).longValue();
      case FLOAT -> (float) number(json, at);
      case DOUBLE -> number(json, at);
      case BOOLEAN -> fits(json.isBoolean(), at, "true or false", json).booleanValue();
      case NULL -> nothing(fits(json.isNull(), at, "null", json));
    };
  }

  private static @Nullable Object nothing(JsonNode unused) {
    return null;
  }

  private static Object record(JsonNode json, Schema schema, String at) {
    JsonNode object = fits(json.isObject(), at, "an object of " + schema.getName(), json);
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (schema.getField(name) == null) {
                throw wrong(at, "%s has no field '%s'".formatted(schema.getName(), name));
              }
            });
    GenericData.Record record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), field(object.get(field.name()), field, at));
    }
    return record;
  }

  private static @Nullable Object field(@Nullable JsonNode json, Schema.Field field, String at) {
    String place = at.isEmpty() ? field.name() : at + "." + field.name();
    if (json != null) {
      return read(json, field.schema(), place);
    }
    if (!field.hasDefaultValue()) {
      throw wrong(place, "it is missing");
    }
    return GenericData.get().getDefaultValue(field);
  }

  private static Object array(JsonNode json, Schema schema, String at) {
    List<@Nullable Object> list = new ArrayList<>();
    for (JsonNode one : fits(json.isArray(), at, "an array", json)) {
      list.add(read(one, schema.getElementType(), at + "[" + list.size() + "]"));
    }
    return list;
  }

  private static Object map(JsonNode json, Schema schema, String at) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> one :
        fits(json.isObject(), at, "an object", json).properties()) {
      map.put(one.getKey(), read(one.getValue(), schema.getValueType(), at + "." + one.getKey()));
    }
    return map;
  }

  private static @Nullable Object union(JsonNode json, Schema union, String at) {
    if (json.isNull() && union.isNullable()) {
      return null;
    }
    Schema only = AvroJson.optional(union);
    if (only != null) {
      return read(json, only, at);
    }
    List<String> names = union.getTypes().stream().map(Schema::getFullName).toList();
    JsonNode named = fits(json.isObject() && json.size() == 1, at, "one of " + names, json);
    Map.Entry<String, JsonNode> one = named.properties().iterator().next();
    int type = names.indexOf(one.getKey());
    if (type < 0) {
      throw wrong(at, "'%s' is none of %s".formatted(one.getKey(), names));
    }
    return read(one.getValue(), union.getTypes().get(type), at);
  }

  private static Object symbol(JsonNode json, Schema schema, String at) {
    String words = "one of " + schema.getEnumSymbols();
    String symbol = text(json, at, words);
    fits(schema.hasEnumSymbol(symbol), at, words, json);
    return new GenericData.EnumSymbol(schema, symbol);
  }

  private static Object bytes(JsonNode json, Schema schema, String at) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return decimal(json, schema, decimal, at);
    }
    byte[] bytes = hex(json, at);
    if (schema.getType() == Schema.Type.BYTES) {
      return ByteBuffer.wrap(bytes);
    }
    fits(bytes.length == schema.getFixedSize(), at, schema.getFixedSize() + " bytes", json);
    return new GenericData.Fixed(schema, bytes);
  }

  private static Object decimal(
      JsonNode json, Schema schema, LogicalTypes.Decimal decimal, String at) {
    String words =
        "a number of %s digits, of which %s are behind the point, in text"
            .formatted(decimal.getPrecision(), decimal.getScale());
    String number = text(json, at, words);
    fits(DECIMAL.matcher(number).matches(), at, words, json);
    try {
      BigDecimal scaled = new BigDecimal(number).setScale(decimal.getScale());
      return schema.getType() == Schema.Type.FIXED
          ? AvroJson.DECIMALS.toFixed(scaled, schema, decimal)
          : AvroJson.DECIMALS.toBytes(scaled, schema, decimal);
    } catch (ArithmeticException | AvroTypeException none) {
      throw wrong(at, "%s is not %s".formatted(excerpt(json), words));
    }
  }

  private static byte[] hex(JsonNode json, String at) {
    String words = "bytes in hexadecimal digits";
    String digits = text(json, at, words);
    try {
      return HexFormat.of().parseHex(digits);
    } catch (IllegalArgumentException none) {
      throw wrong(at, "%s is not %s".formatted(excerpt(json), words));
    }
  }

  private static double number(JsonNode json, String at) {
    boolean named = json.isTextual() && json.asText().matches("NaN|-?Infinity");
    JsonNode number = fits(json.isNumber() || named, at, "a number", json);
    return named ? Double.parseDouble(number.asText()) : number.doubleValue();
  }

  private static String text(JsonNode json, String at, String words) {
    return fits(json.isTextual(), at, words, json).asText();
  }

  private static JsonNode fits(boolean so, String at, String words, JsonNode json) {
    if (!so) {
      throw wrong(at, "%s is not %s".formatted(excerpt(json), words));
    }
    return json;
  }

  private static String excerpt(JsonNode json) {
    String text = json.toString();
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  private static IllegalArgumentException wrong(String at, String words) {
    return new IllegalArgumentException(
        "the value does not fit its schema%s: %s"
            .formatted(at.isEmpty() ? "" : " at " + at, words));
  }
}
