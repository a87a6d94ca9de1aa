package dev.waybill.schemas.difference;

import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Types in words. */
public final class TypeText {
  private TypeText() {}

  /** As {@code null or string}, {@code list of record OrderLine}, {@code decimal(19, 4)}. */
  public static String of(Schema schema) {
    String logical = logical(schema);
    if (!logical.isEmpty()) {
      return logical + " (" + plain(schema) + ")";
    }
    return plain(schema);
  }

  private static String plain(Schema schema) {
    return switch (schema.getType()) {
      case UNION ->
          schema.getTypes().stream().map(TypeText::of).collect(Collectors.joining(" or "));
      case ARRAY -> "list of " + of(schema.getElementType());
      case MAP -> "map of " + of(schema.getValueType());
      case RECORD, ENUM -> schema.getType().getName() + " " + schema.getName();
      case FIXED -> "fixed " + schema.getName() + "(" + schema.getFixedSize() + ")";
      default -> schema.getType().getName();
    };
  }

  /** The logical type with what belongs to it; empty when there is none, known to Avro or not. */
  public static String logical(Schema schema) {
    String name = schema.getProp("logicalType");
    if (name == null) {
      return "";
    }
    Object precision = schema.getObjectProp("precision");
    Object scale = schema.getObjectProp("scale");
    return name.equals("decimal")
        ? "decimal(" + precision + ", " + (scale == null ? 0 : scale) + ")"
        : name;
  }

  /** As it stands in the schema. */
  public static String literal(@Nullable Object value) {
    return value instanceof CharSequence ? "\"" + value + "\"" : String.valueOf(value);
  }
}
