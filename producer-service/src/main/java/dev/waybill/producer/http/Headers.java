package dev.waybill.producer.http;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request's headers. */
final class Headers {
  private Headers() {}

  /** The values of all lines with this name. */
  static List<String> all(Context request, String name) {
    return Collections.list(request.req().getHeaders(name));
  }

  /**
   * The value of a header that has one line; null when there is none.
   *
   * @throws BadRequestResponse when there are several, of which somebody between might see another
   *     one than the service
   */
  static @Nullable String once(Context request, String name) {
    List<String> values = all(request, name);
    if (values.size() > 1) {
      throw new BadRequestResponse("the header " + name + " must be given once");
    }
    return values.isEmpty() ? null : values.get(0);
  }
}
