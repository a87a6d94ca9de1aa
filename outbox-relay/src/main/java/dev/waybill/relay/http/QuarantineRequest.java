package dev.waybill.relay.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.runtime.ServiceServer;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.UnsupportedMediaTypeResponse;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which event is let pass.
 *
 * @param reason why, in words, without control characters
 * @param by who wants it, likewise
 */
record QuarantineRequest(UUID eventId, String reason, String by) {
  private static final JsonMapper JSON = ServiceServer.json();
  private static final int LONGEST_REASON = 1_000;
  private static final int LONGEST_NAME = 200;

  /** As it arrives. */
  private record Fields(@Nullable String eventId, @Nullable String reason, @Nullable String by) {}

  /**
   * Reads the body.
   *
   * @throws BadRequestResponse naming the field that is wrong
   */
  static QuarantineRequest read(Context context) {
    String type = context.contentType();
    if (type == null || !type.startsWith(ContentType.JSON)) {
      throw new UnsupportedMediaTypeResponse("the Content-Type must be application/json");
    }
    Fields fields = fields(context.bodyAsBytes());
    return new QuarantineRequest(
        id(fields.eventId),
        text("reason", fields.reason, LONGEST_REASON),
        text("by", fields.by, LONGEST_NAME));
  }

  private static Fields fields(byte[] body) {
    try {
      Fields fields = JSON.readValue(body, Fields.class);
      if (fields != null) {
        return fields;
      }
    } catch (JacksonException noFields) {
      throw refused();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    throw refused();
  }

  private static BadRequestResponse refused() {
    return new BadRequestResponse("the body must be JSON: {\"eventId\", \"reason\", \"by\"}");
  }

  private static UUID id(@Nullable String text) {
    try {
      if (text != null && UUID.fromString(text).toString().equalsIgnoreCase(text)) {
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException noUuid) {
      throw new BadRequestResponse("eventId must be a UUID");
    }
    throw new BadRequestResponse("eventId must be a UUID");
  }

  private static String text(String name, @Nullable String text, int longest) {
    if (text == null
        || text.isBlank()
        || text.length() > longest
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new BadRequestResponse(
          "%s must have 1 to %s characters and no control characters".formatted(name, longest));
    }
    return text;
  }
}
