package dev.waybill.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * A schema as it is registered: without {@code avro.java.string}, which generated classes carry for
 * Java's sake and which would make it another schema, of another id, to a registry.
 */
final class PlainSchema {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private PlainSchema() {}

  static String json(Schema schema) {
    String json = schema.toString();
    if (!json.contains(GenericData.STRING_PROP)) {
      return json;
    }
    try {
      JsonNode tree = MAPPER.readTree(json);
      strip(tree);
      return parser().parse(tree.toString()).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a schema: " + schema.getFullName(), e);
    }
  }

  /** A parser that believes what a registry accepted. */
  static Schema.Parser parser() {
    return new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
  }

  /** Only where a schema stands: a default or an application's own property is left alone. */
  private static void strip(JsonNode schema) {
    if (schema.isArray()) {
      schema.forEach(PlainSchema::strip);
    } else if (schema instanceof ObjectNode object) {
      object.remove(GenericData.STRING_PROP);
      strip(object.path("type"));
      strip(object.path("items"));
      strip(object.path("values"));
      object.path("fields").forEach(field -> strip(field.path("type")));
    }
  }
}
