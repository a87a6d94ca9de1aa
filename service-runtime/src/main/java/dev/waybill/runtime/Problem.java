package dev.waybill.runtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of an HTTP error, as <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 * shapes it ({@code application/problem+json}).
 *
 * @param status the HTTP status, 400 to 599
 * @param detail what was wrong with this very request
 * @param errors what is wrong with each field, by its path; absent when no field is to blame
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type, String title, int status, String detail, @Nullable Map<String, String> errors) {

  /** Keeps secrets out of what it says. */
  public Problem {
    detail = Secrets.hide(detail);
    errors = errors == null ? null : hidden(errors);
  }

  public static Problem of(int status, String title, String detail) {
    return new Problem("about:blank", title, status, detail, null);
  }

  private static Map<String, String> hidden(Map<String, String> errors) {
    Map<String, String> hidden = new LinkedHashMap<>();
    errors.forEach((field, error) -> hidden.put(field, Secrets.hide(error)));
    return hidden;
  }

  /** Makes this the response. */
  public void writeTo(Context context) {
    context.status(status).json(this).contentType("application/problem+json");
  }
}
