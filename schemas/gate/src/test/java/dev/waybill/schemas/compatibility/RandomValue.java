package dev.waybill.schemas.compatibility;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Random values of a schema, short ones: what is left of a value's bytes then matters. */
final class RandomValue {
  private static final int DEEPEST = 12;

  private final Random random;

  RandomValue(Random random) {
    this.random = random;
  }

  /** A schema whose values never end has none. */
  static final class EndlessException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  Object of(Schema schema) {
    return of(schema, 0);
  }

  /** Whether values of each of the schema's types end. */
  static boolean ends(Schema schema) {
    Set<Schema> all = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(schema, all);
    Set<Schema> ending = Collections.newSetFromMap(new IdentityHashMap<>());
    while (all.stream().anyMatch(one -> !ending.contains(one) && ends(one, ending))) {
      all.stream().filter(one -> ends(one, ending)).forEach(ending::add);
    }
    return ending.size() == all.size();
  }

  private static void collect(Schema schema, Set<Schema> all) {
    if (all.add(schema)) {
      parts(schema).forEach(part -> collect(part, all));
    }
  }

  private static boolean ends(Schema schema, Set<Schema> ending) {
    return switch (schema.getType()) {
      case RECORD -> parts(schema).stream().allMatch(ending::contains);
      case UNION -> parts(schema).stream().anyMatch(ending::contains);
      default -> true;
    };
  }

  private static List<Schema> parts(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> schema.getFields().stream().map(Schema.Field::schema).toList();
      case UNION -> schema.getTypes();
      case ARRAY -> List.of(schema.getElementType());
      case MAP -> List.of(schema.getValueType());
      default -> List.of();
    };
  }

  private Object of(Schema schema, int depth) {
    if (depth > 3 * DEEPEST) {
      throw new EndlessException();
    }
    return switch (schema.getType()) {
      case NULL -> GenericNull.VALUE;
      case BOOLEAN -> random.nextBoolean();
      case INT -> number().intValue();
      case LONG -> number();
      case FLOAT -> Float.intBitsToFloat(number().intValue());
      case DOUBLE -> Double.longBitsToDouble(number());
      case STRING -> text();
      case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(4)));
      case FIXED -> new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
      case ENUM -> new GenericData.EnumSymbol(schema, any(schema.getEnumSymbols()));
      case UNION -> branch(schema, depth);
      case ARRAY -> {
        List<Object> list = new ArrayList<>();
        for (int i = size(depth); i > 0; i--) {
          list.add(of(schema.getElementType(), depth + 1));
        }
        yield list;
      }
      case MAP -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = size(depth); i > 0; i--) {
          map.put("k" + i, of(schema.getValueType(), depth + 1));
        }
        yield map;
      }
      case RECORD -> {
        List<Object> fields = new ArrayList<>();
        schema.getFields().forEach(field -> fields.add(of(field.schema(), depth + 1)));
        yield new Fields(schema, fields);
      }
    };
  }

  /** Null, which no list can hold otherwise. */
  enum GenericNull {
    VALUE
  }

  /** A branch of a union, by its index. */
  record Branch(int index, Object value) {}

  /** A record's fields in order. */
  record Fields(Schema schema, List<Object> values) {}

  private Branch branch(Schema union, int depth) {
    int index = random.nextInt(union.getTypes().size());
    if (depth > DEEPEST) {
      for (int i = 0; i < union.getTypes().size(); i++) {
        Schema.Type type = union.getTypes().get(i).getType();
        index = type == Schema.Type.RECORD || type == Schema.Type.UNION ? index : i;
      }
    }
    return new Branch(index, of(union.getTypes().get(index), depth + 1));
  }

  private int size(int depth) {
    return depth > DEEPEST / 2 ? 0 : random.nextInt(10) == 0 ? 6 : random.nextInt(3);
  }

  private Long number() {
    return switch (random.nextInt(4)) {
      case 0 -> (long) random.nextInt(5);
      case 1 -> (long) random.nextInt();
      case 2 -> random.nextLong();
      default -> 0L;
    };
  }

  private String text() {
    return any(List.of("", "x", "\u017elu\u0165", "P"));
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}
