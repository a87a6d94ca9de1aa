package dev.waybill.schemas.difference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.schemas.difference.Change.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.jspecify.annotations.Nullable;

/** Finds what is different between two versions of a schema. */
public final class Difference {
  private static final Set<String> OF_LOGICAL_TYPES = Set.of("logicalType", "precision", "scale");

  private final List<Change> changes = new ArrayList<>();

  private Difference() {}

  /** All changes, in the order of the newer schema. */
  public static List<Change> between(Schema older, Schema newer) {
    Difference difference = new Difference();
    Matched.in(older, newer).forEach(difference::look);
    return List.copyOf(difference.changes);
  }

  private void look(Matched one) {
    String path = one.place().path();
    if (one.isWhole()) {
      whole(one, path);
    }
    if (one.fields() != null) {
      field(one.fields(), path);
    }
    if (one.both(Schema.Type.RECORD)) {
      fields(one, path);
    } else if (one.both(Schema.Type.ENUM)) {
      symbols(one, path);
    }
    if (one.older().getType() == one.newer().getType()) {
      type(one, path);
    }
  }

  private void whole(Matched one, String path) {
    String before = TypeText.of(one.older());
    String after = TypeText.of(one.newer());
    if (!before.equals(after)) {
      add(Kind.TYPE, path, "was %s, is %s".formatted(before, after));
    }
  }

  private void field(Matched.Fields fields, String path) {
    Field older = fields.older();
    Field newer = fields.newer();
    if (!older.name().equals(newer.name())) {
      add(Kind.FIELD_RENAMED, path, "was called " + older.name());
    }
    String before = defaultOf(older);
    String after = defaultOf(newer);
    if (!before.equals(after)) {
      add(Kind.DEFAULT, path, "has %s, had %s".formatted(after, before));
    }
    aliases(older.aliases(), newer.aliases(), path);
    doc(older.doc(), newer.doc(), path);
    if (older.order() != newer.order()) {
      add(Kind.PROPERTY, path, "is sorted %s, was %s".formatted(newer.order(), older.order()));
    }
    properties(older.getObjectProps(), newer.getObjectProps(), Set.of(), path);
  }

  private static String defaultOf(Field field) {
    JsonNode value = Defaults.of(field);
    return value.isMissingNode() ? "no default" : "the default " + value;
  }

  private void fields(Matched one, String path) {
    String prefix = path.isEmpty() ? "" : path + ".";
    for (Field field : one.addedFields()) {
      add(
          Kind.FIELD_ADDED,
          prefix + field.name(),
          "is new: %s, %s".formatted(TypeText.of(field.schema()), defaultOf(field)));
    }
    for (Field field : one.removedFields()) {
      add(
          Kind.FIELD_REMOVED,
          prefix + field.name(),
          "is gone: it was %s, with %s".formatted(TypeText.of(field.schema()), defaultOf(field)));
    }
    List<String> before = common(one.older(), one.newer());
    List<String> after = common(one.newer(), one.older());
    if (!before.equals(after)) {
      add(Kind.FIELDS_REORDERED, path, "has its fields in another order");
    }
  }

  private static List<String> common(Schema record, Schema other) {
    return record.getFields().stream()
        .map(Field::name)
        .filter(name -> other.getField(name) != null)
        .toList();
  }

  private void symbols(Matched one, String path) {
    Set<String> added = new LinkedHashSet<>(one.newer().getEnumSymbols());
    Set<String> removed = new LinkedHashSet<>(one.older().getEnumSymbols());
    added.removeAll(one.older().getEnumSymbols());
    removed.removeAll(one.newer().getEnumSymbols());
    if (!added.isEmpty()) {
      add(Kind.SYMBOLS, path, "can be " + String.join(", ", added) + " now");
    }
    if (!removed.isEmpty()) {
      add(Kind.SYMBOLS, path, "can no longer be " + String.join(", ", removed));
    }
    if (added.isEmpty()
        && removed.isEmpty()
        && !one.older().getEnumSymbols().equals(one.newer().getEnumSymbols())) {
      add(Kind.SYMBOLS, path, "has its symbols in another order");
    }
    String before = one.older().getEnumDefault();
    String after = one.newer().getEnumDefault();
    if (!Objects.equals(before, after)) {
      add(
          Kind.SYMBOLS,
          path,
          "is read as %s where a symbol is not known, was %s"
              .formatted(orNothing(after), orNothing(before)));
    }
  }

  private static String orNothing(@Nullable String symbol) {
    return symbol == null ? "nothing" : symbol;
  }

  private void type(Matched one, String path) {
    if (Matched.isNamed(one.older())) {
      String before = one.older().getFullName();
      String after = one.newer().getFullName();
      if (!before.equals(after)) {
        add(Kind.NAME, path, "is called %s, was %s".formatted(after, before));
      }
      aliases(one.older().getAliases(), one.newer().getAliases(), path);
      doc(one.older().getDoc(), one.newer().getDoc(), path);
    }
    properties(one.older().getObjectProps(), one.newer().getObjectProps(), OF_LOGICAL_TYPES, path);
  }

  private void aliases(Set<String> before, Set<String> after, String path) {
    if (!before.equals(after)) {
      add(
          Kind.ALIASES,
          path,
          after.isEmpty() ? "has no alias now" : "has the alias " + String.join(", ", after));
    }
  }

  private void doc(@Nullable String before, @Nullable String after, String path) {
    if (!Objects.equals(before, after)) {
      add(Kind.DOCUMENTATION, path, "has another doc");
    }
  }

  private void properties(
      Map<String, Object> before, Map<String, Object> after, Set<String> known, String path) {
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    names.removeAll(known);
    for (String name : names) {
      if (!Objects.equals(before.get(name), after.get(name))) {
        add(
            Kind.PROPERTY,
            path,
            "has %s %s, had %s"
                .formatted(
                    name, TypeText.literal(after.get(name)), TypeText.literal(before.get(name))));
      }
    }
  }

  private void add(Kind kind, String path, String text) {
    changes.add(new Change(kind, path, text));
  }
}
