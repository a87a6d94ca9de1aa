package dev.waybill.schemas.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.schemas.difference.Branches;
import dev.waybill.schemas.difference.Defaults;
import dev.waybill.schemas.difference.Matched;
import dev.waybill.schemas.difference.Place;
import dev.waybill.schemas.difference.TypeText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;

/** Reads a schema's text, and says where it is wrong. */
public final class SchemaText {
  private static final String TOO_DEEP =
      "more than " + Nesting.MOST + " types are inside each other";

  private final String file;
  private final List<Problem> problems = new ArrayList<>();

  private SchemaText(String file) {
    this.file = file;
  }

  /**
   * The schema that the text is.
   *
   * @param file what the text is called in problems
   * @throws InvalidSchemaException with all wrong defaults, aliases and logical types, or with the
   *     first thing that makes it no schema
   */
  public static Schema parse(String text, String file) throws InvalidSchemaException {
    SchemaText reading = new SchemaText(file);
    Schema schema = reading.parse(new Schema.Parser().setValidateDefaults(false), text);
    List<Matched> all = Matched.in(schema, schema);
    reading.typeAliases(all);
    for (Matched one : all) {
      if (one.newer().isUnion() && one.newer().getTypes().isEmpty()) {
        reading.add(
            Rule.INVALID_SCHEMA, one.place().owner(), "is a union of nothing", "name a type");
      }
      reading.logicalType(one.place(), one.newer());
      if (one.newer().getType() == Schema.Type.RECORD) {
        reading.fields(one.place(), one.newer());
      }
    }
    if (!reading.problems.isEmpty()) {
      throw new InvalidSchemaException(reading.problems);
    }
    return reading.parse(new Schema.Parser(), text);
  }

  /**
   * The schema that was released with this text. Nobody can change it any more, so that it only has
   * to be one that Avro can read.
   *
   * @param file what the text is called in problems
   * @throws InvalidSchemaException if it is no schema
   */
  public static Schema released(String text, String file) throws InvalidSchemaException {
    return new SchemaText(file).parse(new Schema.Parser().setValidateDefaults(false), text);
  }

  private Schema parse(Schema.Parser parser, String text) throws InvalidSchemaException {
    try {
      if (text.isBlank()) {
        throw new IllegalArgumentException("it is empty");
      }
      Schema schema = parser.parse(text);
      if (Nesting.depth(schema) > Nesting.MOST) {
        throw new IllegalArgumentException(TOO_DEEP);
      }
      return schema;
    } catch (RuntimeException invalid) { // Avro knows more ways to fail than its own exception
      throw invalid(String.valueOf(invalid.getMessage()).lines().findFirst().orElse(""));
    } catch (StackOverflowError deep) {
      throw invalid(TOO_DEEP);
    }
  }

  private InvalidSchemaException invalid(String why) {
    add(
        Rule.INVALID_SCHEMA,
        Place.ROOT,
        "is no schema: " + why.replaceFirst("^com\\.fasterxml\\S*: ", ""),
        "correct the file; https://avro.apache.org/docs/1.12.0/specification/ has the rules");
    return new InvalidSchemaException(problems);
  }

  private void logicalType(Place place, Schema schema) {
    String name = schema.getProp("logicalType");
    try {
      if (name != null && LogicalTypes.fromSchema(schema) == null) {
        add(
            Rule.INVALID_LOGICAL_TYPE,
            place,
            "has the logical type `%s`, which Avro does not know and ignores".formatted(name),
            "write the name of one that Avro knows; for a meaning of your own, another property");
      }
    } catch (RuntimeException misfit) {
      add(
          Rule.INVALID_LOGICAL_TYPE,
          place,
          "has a logical type that does not fit: " + misfit.getMessage(),
          "correct the logical type or the type below it; as it is, Avro ignores it");
    }
  }

  private void typeAliases(List<Matched> all) {
    Map<String, Matched> types = new LinkedHashMap<>();
    all.stream()
        .filter(one -> Matched.isNamed(one.newer()))
        .forEach(one -> types.putIfAbsent(one.newer().getFullName(), one));
    Set<String> names = new HashSet<>(types.keySet());
    types.forEach(
        (name, type) ->
            type.newer().getAliases().stream()
                .filter(alias -> !alias.equals(name) && !names.add(alias))
                .forEach(alias -> ambiguous(type.place(), "type", alias)));
  }

  private void ambiguous(Place place, String kind, String alias) {
    add(
        Rule.INVALID_ALIAS,
        place,
        "has the alias `%s`, which another %s has as name or alias".formatted(alias, kind),
        "remove the alias: older events' `%s` can be one %s only".formatted(alias, kind));
  }

  private void fields(Place record, Schema schema) {
    Set<String> names = new HashSet<>();
    schema.getFields().forEach(field -> names.add(field.name()));
    for (Field field : schema.getFields()) {
      Place place = record.field(field.name(), field.pos());
      for (String alias : field.aliases()) {
        if (!names.add(alias)) {
          ambiguous(place, "field", alias);
        }
      }
      if (field.getProp("logicalType") != null) {
        add(
            Rule.INVALID_LOGICAL_TYPE,
            place,
            "has its logical type beside its type, where Avro ignores it",
            "put it inside: \"type\": {\"type\": …, \"logicalType\": …}");
      }
      fieldDefault(place, field, Defaults.of(field));
    }
  }

  private void fieldDefault(Place place, Field field, JsonNode value) {
    List<Schema> types = Branches.of(field.schema());
    if (!types.isEmpty() && !value.isMissingNode() && !Defaults.isOf(types.get(0), value)) {
      String type = TypeText.of(types.get(0));
      add(
          Rule.INVALID_DEFAULT,
          place,
          "has the default %s, which is no %s".formatted(value, type),
          types.stream().anyMatch(one -> Defaults.isOf(one, value))
              ? "put the default's type first in the union"
              : "write a default of type " + type);
    }
  }

  private void add(Rule rule, Place place, String what, String remedy) {
    problems.add(
        new Problem(rule, place.path(), what, remedy, place.pointer(), file, List.of(), List.of()));
  }
}
