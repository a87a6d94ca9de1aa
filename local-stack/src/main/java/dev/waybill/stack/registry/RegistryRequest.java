package dev.waybill.stack.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.schemas.compatibility.Level;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.Locale;

/** What a request says; what it says wrong is answered as Confluent's registry does. */
record RegistryRequest(Context context) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Anything but control characters, as Confluent's registry. */
  String subject() {
    String subject = context.pathParam("subject");
    if (subject.chars().anyMatch(Character::isISOControl)
        || subject.equals("__GLOBAL")
        || subject.equals("__EMPTY")) {
      throw RegistryError.invalidSubject(subject);
    }
    return subject;
  }

  VersionNumber version() {
    return VersionNumber.of(context.pathParam("version"));
  }

  /** What is no 32-bit number has no resource, in Confluent's registry as here. */
  int id() {
    try {
      return Integer.parseInt(context.pathParam("id"));
    } catch (NumberFormatException notAnId) {
      throw new NotFoundResponse();
    }
  }

  boolean flag(String name) {
    return Boolean.parseBoolean(context.queryParam(name));
  }

  /** The text of the schema in the body. */
  String schema() {
    JsonNode body = body();
    String type = body.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO") || !body.path("references").isEmpty()) {
      throw RegistryError.invalidSchema("this local registry takes Avro without references only");
    }
    if (!body.path("schema").isTextual()) {
      throw RegistryError.invalidSchema("the body has no text \"schema\"");
    }
    return body.path("schema").asText();
  }

  Level level() {
    try {
      return Level.valueOf(body().path("compatibility").asText().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw RegistryError.invalidLevel();
    }
  }

  private JsonNode body() {
    try {
      JsonNode body = JSON.readTree(context.body());
      if (body.isObject()) {
        return body;
      }
    } catch (JsonProcessingException notJson) {
      throw new RegistryError(400, 400, "not JSON: " + notJson.getOriginalMessage());
    }
    throw new RegistryError(422, 422, "the body must be a JSON object");
  }
}
