package dev.waybill.registry;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the registry answered, below 500 when it leaves {@link RegistryHttp}; a missing node when
 * that was not JSON.
 */
record Answer(int status, JsonNode json, String from) {
  boolean ok() {
    return status >= 200 && status < 300;
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
        : "%s (error_code %d)".formatted(words, errorCode());
  }

  /** A field that a good answer has. */
  JsonNode field(String name) {
    JsonNode value = json.path(name);
    if (!ok()) {
      throw refused("refuses: ");
    }
    if (value.isMissingNode() || value.isNull()) {
      throw refused("answers without \"" + name + "\": ");
    }
    return value;
  }

  RegistryException refused(String doing) {
    return new RegistryException(
        "the schema registry at %s %s%s".formatted(from, doing, message()), errorCode(), null);
  }
}
