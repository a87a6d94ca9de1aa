package dev.waybill.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;

/** Reads schemas as the registry gives them: a text, and references to other subjects' versions. */
final class SchemaParser {
  private final RegistryHttp http;

  SchemaParser(RegistryHttp http) {
    this.http = http;
  }

  Schema parse(SchemaName name, String text, Answer answer) {
    String type = answer.json().path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new UnknownSchemaException(name, "is of type " + type + ", not AVRO", 0, null);
    }
    try {
      Schema.Parser parser = PlainSchema.parser();
      addReferences(parser, answer.json(), new HashSet<>());
      return parser.parse(text);
    } catch (RegistryException e) {
      throw e;
    } catch (RuntimeException e) { // Avro's parser knows more ways to fail than its own exception
      throw new UnknownSchemaException(name, "is not a valid Avro schema: " + e.getMessage(), 0, e);
    }
  }

  /** What is referred to first, each once. */
  private void addReferences(Schema.Parser parser, JsonNode schema, Set<String> done) {
    for (JsonNode reference : schema.path("references")) {
      String subject = SchemaRegistry.path(reference.path("subject").asText());
      String path = "/subjects/" + subject + "/versions/" + reference.path("version").asInt();
      if (done.add(path)) {
        Answer answer = http.get(path);
        String text = answer.text("schema");
        addReferences(parser, answer.json(), done);
        parser.parse(text);
      }
    }
  }
}
