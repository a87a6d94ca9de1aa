package dev.waybill.proof.evolution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Another version of a schema: its JSON with a few fields changed, so that it stays another version
 * when the schema itself gets a new one. Each change is made in place and returns the same object;
 * what is given as JSON may have single quotes.
 */
public final class EditedSchema {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

  private final JsonNode root;

  private EditedSchema(JsonNode root) {
    this.root = root;
  }

  /** Begins with the schema as it is. */
  public static EditedSchema of(Schema schema) {
    return new EditedSchema(json(schema.toString()));
  }

  /** Adds a field in front of another one: who misreads it misreads what follows. */
  public EditedSchema addField(String record, String before, String field) {
    ArrayNode fields = fields(record);
    fields.insert(indexOf(fields, before), json(field));
    return this;
  }

  public EditedSchema removeField(String record, String name) {
    ArrayNode fields = fields(record);
    fields.remove(indexOf(fields, name));
    return this;
  }

  /** Gives a field a default, in JSON. */
  public EditedSchema setDefault(String record, String name, String value) {
    ArrayNode fields = fields(record);
    ((ObjectNode) fields.get(indexOf(fields, name))).set("default", json(value));
    return this;
  }

  public Schema schema() {
    return new Schema.Parser().parse(root.toString());
  }

  private ArrayNode fields(String record) {
    return Objects.requireNonNull(fields(root, record), "no record is called " + record);
  }

  private static @Nullable ArrayNode fields(JsonNode node, String record) {
    if (node.path("name").asText().equals(record) && node.get("fields") instanceof ArrayNode own) {
      return own;
    }
    for (JsonNode part : node) {
      ArrayNode found = fields(part, record);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static int indexOf(ArrayNode fields, String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).path("name").asText().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no field is called " + name);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException("not JSON: " + text, wrong);
    }
  }
}
