package dev.waybill.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What was answered, below 500 when it leaves {@link RegistryHttp}; a missing node when that was
 * not JSON. Only a registry's own answer has an {@code error_code}: a proxy's 404 or a wrong path's
 * says nothing about a schema.
 */
record Answer(int status, JsonNode json, String from) {
  static final int NO_SUBJECT = 40401;

  boolean ok() {
    return status >= 200 && status < 300;
  }

  /** Whether the registry has no such subject, version or schema. */
  boolean notFound() {
    int code = registryCode();
    return code >= NO_SUBJECT && code <= 40403;
  }

  /** Whether the registry itself, and nothing in between, answers with this status. */
  boolean refusedWith(int expected) {
    return status == expected && registryCode() != 0;
  }

  /** Confluent's code where there is one, else the HTTP status. */
  int errorCode() {
    return json.path("error_code").asInt(status);
  }

  /** The registry's own words and code. */
  String message() {
    String words = json.path("message").asText("");
    return words.isEmpty()
        ? "HTTP status " + status
        : "%s (error_code %s)".formatted(words, errorCode());
  }

  /** The text of a field that a good answer has. */
  String text(String name) {
    if (!ok()) {
      throw refused("refuses: ");
    }
    JsonNode value = json.path(name);
    if (!value.isValueNode() || value.isNull()) {
      throw refused("answers without \"" + name + "\": ");
    }
    return value.asText();
  }

  /** The numbers that a good answer is a list of. */
  List<Integer> numbers() {
    if (!ok()) {
      throw refused("refuses: ");
    }
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode one : json) {
      if (!one.canConvertToInt()) {
        throw refused("answers with what is no number: ");
      }
      numbers.add(one.asInt());
    }
    return numbers;
  }

  /** A schema's id, which some registries give as text. */
  int id() {
    String text = text("id");
    try {
      int id = Integer.parseInt(text);
      if (id >= 0) {
        return id;
      }
    } catch (NumberFormatException e) {
      throw refused("answers with an id that is none, " + text + ": ");
    }
    throw refused("answers with a negative id, " + text + ": ");
  }

  private int registryCode() {
    return json.path("error_code").asInt(0);
  }

  private RegistryException refused(String doing) {
    return new RegistryException(
        "the schema registry at %s %s%s".formatted(from, doing, message()), errorCode(), null);
  }
}
