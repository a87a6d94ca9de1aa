package dev.waybill.console.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** The few files that the page is made of, as they are. */
final class Assets {
  private static final Map<String, String> TYPES =
      Map.of(
          "htmx.min.js", "text/javascript; charset=utf-8",
          "console.js", "text/javascript; charset=utf-8",
          "console.css", "text/css; charset=utf-8",
          "icon.svg", "image/svg+xml");

  private Assets() {}

  static void addTo(JavalinConfig config) {
    TYPES.forEach(
        (name, type) -> {
          byte[] content = content(name);
          config.routes.get("/assets/" + name, context -> answer(context, type, content));
        });
  }

  private static void answer(Context context, String type, byte[] content) {
    context.header("Cache-Control", "max-age=600").contentType(type).result(content);
  }

  private static byte[] content(String name) {
    try (InputStream stream = Assets.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(stream, name).readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
