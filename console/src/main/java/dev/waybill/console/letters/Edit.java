package dev.waybill.console.letters;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.console.letters.Contents.Line;
import dev.waybill.runtime.ServiceServer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a person may edit of a letter, and has edited.
 *
 * @param letter its place
 * @param key null: it stays as it is, or is none
 * @param headers those that are text and may be shown; the others stay, except where one of these
 *     has their name
 * @param schema the id of the schema that a new value is written with; null for the one that the
 *     value names, else the newest of the topic
 * @param value as {@link AvroJson} has it; null: its bytes stay as they are
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Edit(
    String letter,
    @Nullable String key,
    List<Line> headers,
    @Nullable Integer schema,
    @Nullable JsonNode value) {
  private static final JsonMapper JSON =
      ServiceServer.json()
          .rebuild()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** A null value is none. */
  public Edit {
    if (letter == null || headers == null) {
      throw new IllegalArgumentException("it needs 'letter' and 'headers'");
    }
    headers = List.copyOf(headers);
    value = value == null || value.isNull() ? null : value;
  }

  /**
   * Out of its JSON.
   *
   * @throws IllegalArgumentException when it is none; the words say where
   */
  public static Edit parse(String json) {
    Edit edit = read(json, Edit.class);
    if (edit == null) {
      throw new IllegalArgumentException("it needs 'letter' and 'headers'");
    }
    return edit;
  }

  /**
   * A value out of its text; null without any.
   *
   * @throws IllegalArgumentException when it is no JSON; the words say where
   */
  public static @Nullable JsonNode value(String text) {
    return text.isBlank() ? null : read(text, JsonNode.class);
  }

  /** Whether the value is the same, however its numbers are held in memory. */
  boolean hasValueOf(Edit other) {
    return value != null
        && other.value != null
        && Objects.equals(value(value.toString()), value(other.value.toString()));
  }

  private static <T> @Nullable T read(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException none) {
      JsonLocation at = none.getLocation();
      String where =
          at == null ? "" : " (line %s, column %s)".formatted(at.getLineNr(), at.getColumnNr());
      throw new IllegalArgumentException(
          "that is not the JSON that it should be: " + none.getOriginalMessage() + where, none);
    }
  }
}
