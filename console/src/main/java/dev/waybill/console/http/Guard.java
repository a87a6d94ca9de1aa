package dev.waybill.console.http;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.Map;

/** What every answer has, and which questions get none. */
final class Guard {
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
              + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          // With none at all, browsers hide from us, too, where a form comes from.
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final Access access;

  Guard(Access access) {
    this.access = access;
  }

  /** Sets the headers; refuses hosts that this one is not, but to those who look after it. */
  void before(Context context) {
    HEADERS.forEach(context::header);
    boolean watched = context.path().startsWith("/health/") || context.path().equals("/metrics");
    if (!watched && !access.isOurHost(context.header("Host"))) {
      throw new HttpResponseException(
          421, "this host is not asked by that name; CONSOLE_HOSTS has those that it may have");
    }
  }
}
