package dev.waybill.schemas.compatibility;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;

/** How many types are inside each other: Avro looks into them with a stack that has an end. */
final class Nesting {
  /**
   * As many fit any thread's stack, and, as records, the depth of 1,000 to which Jackson writes.
   */
  static final int MOST = 300;

  private Nesting() {}

  /** The longest way inwards, on which a type that contains itself is counted once. */
  static int depth(Schema schema) {
    IdentityHashMap<Schema, Integer> depths = new IdentityHashMap<>();
    Deque<Schema> open = new ArrayDeque<>(List.of(schema));
    while (!open.isEmpty()) {
      Schema type = open.peek();
      List<Schema> parts = parts(type);
      if (depths.putIfAbsent(type, 0) == null) {
        parts.stream().filter(part -> !depths.containsKey(part)).forEach(open::push);
      } else {
        open.pop();
        depths.put(
            type,
            1 + parts.stream().mapToInt(part -> depths.getOrDefault(part, 0)).max().orElse(0));
      }
    }
    return depths.getOrDefault(schema, 0);
  }

  /** What a type is made of. */
  static List<Schema> parts(Schema type) {
    return switch (type.getType()) {
      case RECORD -> type.getFields().stream().map(Field::schema).toList();
      case ARRAY -> List.of(type.getElementType());
      case MAP -> List.of(type.getValueType());
      case UNION -> type.getTypes();
      default -> List.of();
    };
  }
}
