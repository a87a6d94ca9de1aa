package dev.waybill.schemas.difference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.jspecify.annotations.Nullable;

/**
 * What corresponds in two versions of a schema: fields by name or by an alias of the newer,
 * branches of unions by type and name.
 *
 * @param place in the newer schema
 * @param fields whose whole types these are; null for a branch, an item, a value or the schema
 *     itself
 * @param branch whether they are branches of a union, on one side at least
 */
public record Matched(
    Place place, Schema older, Schema newer, @Nullable Fields fields, boolean branch) {

  /** Two fields that correspond, and the records that they are of. */
  public record Fields(Schema olderRecord, Field older, Schema newerRecord, Field newer) {}

  /** All that corresponds, from the outside in; a type that contains itself once. */
  public static List<Matched> in(Schema older, Schema newer) {
    Walk walk = new Walk();
    walk.to(new Matched(Place.ROOT, older, newer, null, false));
    return walk.found;
  }

  /** Whether this is a field's whole type, or the schema itself. */
  public boolean isWhole() {
    return fields != null || place.equals(Place.ROOT);
  }

  /** Whether both are of this type. */
  public boolean both(Schema.Type type) {
    return older.getType() == type && newer.getType() == type;
  }

  /** Whether a type has a name of its own: a record, an enum, a fixed. */
  public static boolean isNamed(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, ENUM, FIXED -> true;
      default -> false;
    };
  }

  /** Fields of the newer record that no field of the older corresponds to. */
  public List<Field> addedFields() {
    return newer.getFields().stream().filter(field -> counterpart(field, older) == null).toList();
  }

  /** Fields of the older record that no field of the newer corresponds to. */
  public List<Field> removedFields() {
    Set<String> kept = new HashSet<>();
    for (Field field : newer.getFields()) {
      Field before = counterpart(field, older);
      if (before != null) {
        kept.add(before.name());
      }
    }
    return older.getFields().stream().filter(field -> !kept.contains(field.name())).toList();
  }

  private static @Nullable Field counterpart(Field newer, Schema olderRecord) {
    Field same = olderRecord.getField(newer.name());
    if (same != null) {
      return same;
    }
    return newer.aliases().stream()
        .map(olderRecord::getField)
        .filter(field -> field != null)
        .findFirst()
        .orElse(null);
  }

  private static final class Walk {
    private final List<Matched> found = new ArrayList<>();
    private final IdentityHashMap<Schema, Set<String>> seen = new IdentityHashMap<>();

    void to(Matched pair) {
      found.add(pair);
      if (pair.older.getType() == Schema.Type.UNION || pair.newer.getType() == Schema.Type.UNION) {
        intoBranches(pair);
      } else if (pair.both(Schema.Type.ARRAY)) {
        into(pair, "items", pair.older.getElementType(), pair.newer.getElementType());
      } else if (pair.both(Schema.Type.MAP)) {
        into(pair, "values", pair.older.getValueType(), pair.newer.getValueType());
      } else if (pair.both(Schema.Type.RECORD) && isFirst(pair)) {
        intoFields(pair);
      }
    }

    private boolean isFirst(Matched pair) {
      return seen.computeIfAbsent(pair.newer, key -> new HashSet<>()).add(pair.older.getFullName());
    }

    private void into(Matched pair, String step, Schema older, Schema newer) {
      to(new Matched(pair.place.into(step), older, newer, null, false));
    }

    private void intoBranches(Matched pair) {
      Branches matched = Branches.match(pair.older, pair.newer);
      List<Schema> branches = Branches.of(pair.newer);
      for (int i = 0; i < branches.size(); i++) {
        Schema older = matched.olderOf(branches.get(i));
        if (older != null) {
          boolean union = pair.newer.getType() == Schema.Type.UNION;
          Place place = union ? pair.place.into(Integer.toString(i)) : pair.place;
          to(new Matched(place, older, branches.get(i), null, true));
        }
      }
    }

    private void intoFields(Matched pair) {
      for (Field field : pair.newer.getFields()) {
        Field older = counterpart(field, pair.older);
        if (older != null) {
          Place place = pair.place.field(field.name(), field.pos()).into("type");
          Fields fields = new Fields(pair.older, older, pair.newer, field);
          to(new Matched(place, older.schema(), field.schema(), fields, false));
        }
      }
    }
  }
}
