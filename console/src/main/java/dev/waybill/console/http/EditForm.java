package dev.waybill.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.console.letters.Edit;
import dev.waybill.console.letters.HeaderLines;
import io.javalin.http.Context;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The fields of the form in which a letter is edited, as somebody typed them.
 *
 * @param headers a line each
 * @param schema the id of one; empty for that of the value
 * @param value JSON; empty: its bytes stay
 * @param why the reason
 */
public record EditForm(
    String letter, String key, String headers, String schema, String value, String why) {
  private static final Pattern ID = Pattern.compile("[0-9]{1,9}");

  /** With what may be edited. */
  static EditForm of(Edit edit) {
    JsonNode value = edit.value();
    return new EditForm(
        edit.letter(),
        Objects.requireNonNullElse(edit.key(), ""),
        HeaderLines.of(edit.headers()),
        edit.schema() == null ? "" : edit.schema().toString(),
        value == null ? "" : value.toPrettyString(),
        "");
  }

  /** As it was sent. */
  static EditForm of(Context context) {
    return new EditForm(
        field(context, "letter"),
        field(context, "key"),
        field(context, "headers"),
        field(context, "schema").strip(),
        field(context, "value"),
        field(context, "why"));
  }

  private static String field(Context context, String name) {
    return Objects.requireNonNullElse(context.formParam(name), "");
  }

  /**
   * What it says.
   *
   * @throws IllegalArgumentException when a field says nothing that can be; the words say which
   */
  Edit edit() {
    if (!schema.isEmpty() && !ID.matcher(schema).matches()) {
      throw new IllegalArgumentException("the id of a schema is a number");
    }
    return new Edit(
        letter,
        key,
        HeaderLines.parse(headers),
        schema.isEmpty() ? null : Integer.valueOf(schema),
        Edit.value(value));
  }
}
