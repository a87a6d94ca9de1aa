package dev.waybill.console.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Map;
import java.util.Objects;

/** Logging in with the token, and out. */
final class SessionPages {
  private final Access access;
  private final View view;

  SessionPages(Access access, View view) {
    this.access = access;
    this.view = view;
  }

  void addTo(JavalinConfig config) {
    config.routes.get("/login", context -> view.page(context, "login.jte", Map.of("wrong", false)));
    config.routes.post("/login", this::logIn);
    config.routes.post("/logout", this::logOut);
  }

  private void logIn(Context context) {
    String token = Objects.requireNonNullElse(context.formParam("token"), "");
    String name = Objects.requireNonNullElse(context.formParam("name"), "");
    if (access.logIn(context, token, name)) {
      context.redirect("/", HttpStatus.SEE_OTHER);
    } else {
      context.status(403);
      view.page(context, "login.jte", Map.of("wrong", true));
    }
  }

  private void logOut(Context context) {
    access.logOut(context);
    context.redirect("/", HttpStatus.SEE_OTHER);
  }
}
