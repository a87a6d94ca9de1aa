package dev.waybill.producer.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** The request has wrong fields; each is named, with what would be right. Nothing was begun. */
final class InvalidRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, String> errors;

  InvalidRequestException(Map<String, String> errors) {
    super(errors.size() == 1 ? "one field is wrong" : errors.size() + " fields are wrong");
    this.errors = new LinkedHashMap<>(errors);
  }

  Map<String, String> errors() {
    return errors;
  }
}
