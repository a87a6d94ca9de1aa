package dev.waybill.schemas.compatibility;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.schemas.difference.Matched;
import dev.waybill.schemas.difference.Place;
import dev.waybill.schemas.difference.TypeText;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;

/** Reads a schema's text, and says where it is wrong. */
public final class SchemaText {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String file;
  private final List<Problem> problems = new ArrayList<>();

  private SchemaText(String file) {
    this.file = file;
  }

  /**
   * The schema that the text is.
   *
   * @param file what the text is called in problems
   * @throws InvalidSchemaException with all wrong defaults and logical types, or with the first
   *     thing that makes it no schema
   */
  public static Schema parse(String text, String file) throws InvalidSchemaException {
    SchemaText reading = new SchemaText(file);
    Schema schema = reading.parse(new Schema.Parser().setValidateDefaults(false), text);
    for (Matched one : Matched.in(schema, schema)) {
      reading.logicalType(one.place(), one.newer());
      if (one.newer().getType() == Schema.Type.RECORD) {
        reading.defaults(one.place(), one.newer());
      }
    }
    if (!reading.problems.isEmpty()) {
      throw new InvalidSchemaException(reading.problems);
    }
    return reading.parse(new Schema.Parser(), text);
  }

  private Schema parse(Schema.Parser parser, String text) throws InvalidSchemaException {
    try {
      return parser.parse(text);
    } catch (RuntimeException invalid) { // Avro knows more ways to fail than its own exception
      String why = String.valueOf(invalid.getMessage()).lines().findFirst().orElse("");
      add(
          Rule.INVALID_SCHEMA,
          Place.ROOT,
          "is no schema: " + why.replaceFirst("^com\\.fasterxml\\S*: ", ""),
          "correct the file; https://avro.apache.org/docs/1.12.0/specification/ has the rules");
      throw new InvalidSchemaException(problems);
    }
  }

  private void logicalType(Place place, Schema schema) {
    try {
      LogicalTypes.fromSchema(schema);
    } catch (RuntimeException misfit) {
      add(
          Rule.INVALID_LOGICAL_TYPE,
          place,
          "has a logical type that does not fit: " + misfit.getMessage(),
          "correct the logical type or the type below it; as it is, Avro ignores it");
    }
  }

  private void defaults(Place place, Schema schema) {
    JsonNode fields = json(schema).path("fields");
    for (Field field : schema.getFields()) {
      JsonNode value = fields.path(field.pos()).path("default");
      Schema type = Matched.branches(field.schema()).get(0);
      if (!value.isMissingNode() && !isOf(type, value)) {
        boolean union = field.schema().getType() == Schema.Type.UNION;
        add(
            Rule.INVALID_DEFAULT,
            place.field(field.name(), field.pos()),
            "has the default %s, which is no %s".formatted(value, TypeText.of(type)),
            union
                ? "put the default's type first in the union"
                : "write a default of type " + TypeText.of(type));
      }
    }
  }

  private static boolean isOf(Schema type, JsonNode value) {
    try {
      Object plain =
          value.isNull() ? JsonProperties.NULL_VALUE : JSON.treeToValue(value, Object.class);
      return new Field("value", type, null, plain).hasDefaultValue();
    } catch (AvroRuntimeException invalid) {
      return false;
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static JsonNode json(Schema schema) {
    try {
      return JSON.readTree(schema.toString());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void add(Rule rule, Place place, String what, String remedy) {
    problems.add(
        new Problem(rule, place.path(), what, remedy, place.pointer(), file, List.of(), List.of()));
  }
}
