package dev.waybill.console.http;

import dev.waybill.console.audit.AuditReport;
import dev.waybill.console.engine.Engine;
import dev.waybill.console.flow.Flowing;
import dev.waybill.console.journal.Csv;
import dev.waybill.console.journal.Entry;
import dev.waybill.console.systems.AwayException;
import dev.waybill.console.systems.SystemB;
import dev.waybill.console.trace.Asked;
import dev.waybill.console.trace.Trace;
import dev.waybill.runtime.Problem;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The routes of the page that only show something. */
public final class Pages implements AutoCloseable {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");
  private static final int ENTRIES = 200;

  private final Engine engine;
  private final Access access;
  private final View view;
  private final PathStream stream;

  /** Over this engine, which stays the caller's to close. */
  public Pages(Engine engine, AccessSettings settings) {
    this.engine = engine;
    this.access = new Access(settings);
    this.view = new View(access);
    this.stream = new PathStream(engine.flow(), view);
  }

  /** Adds the routes to a server. */
  public void addTo(JavalinConfig config) {
    config.routes.before(new Guard(access)::before);
    Assets.addTo(config);
    config.routes.get("/", context -> view.page(context, "path.jte", Map.of("now", flowing())));
    config.routes.get("/path/now", this::pathNow);
    config.routes.sse("/path/stream", stream::accept);
    config.routes.get("/api/path", context -> context.json(flowing()));
    config.routes.get("/find", this::find);
    config.routes.get("/api/trace", context -> answer(context, traced(context)));
    config.routes.get("/audit", this::audit);
    config.routes.get("/api/audit", context -> context.json(audited(context)));
    config.routes.get("/journal", this::journal);
    config.routes.get("/api/journal", context -> context.json(engine.journal().last(ENTRIES)));
    config.routes.get("/journal.csv", this::csv);
    new TablesPages(engine, view).addTo(config);
    Plans plans = new Plans();
    new LetterPages(engine, access, view, plans).addTo(config);
    new EditPages(engine, access, view, plans).addTo(config);
    new SessionPages(access, view).addTo(config);
    config.routes.exception(
        AwayException.class, (away, context) -> failed(context, 503, away.getMessage()));
    config.routes.exception(
        SystemB.RefusedException.class,
        (refused, context) -> failed(context, refused.status(), refused.getMessage()));
    config.routes.exception(
        HttpResponseException.class,
        (refused, context) -> failed(context, refused.getStatus(), refused.getMessage()));
  }

  /** Ends what is streamed. */
  @Override
  public void close() {
    stream.close();
  }

  private Flowing flowing() {
    return engine.flow().now();
  }

  private void pathNow(Context context) {
    view.part(context, "flowing.jte", Map.of("now", flowing()));
  }

  private void find(Context context) {
    String given = Objects.requireNonNullElse(context.queryParam("id"), "");
    if (given.isBlank()) {
      view.page(context, "find.jte", Map.of("asked", ""));
      return;
    }
    Trace trace = traced(context);
    context.status(trace.isFound() ? 200 : 404);
    view.page(context, "find.jte", Map.of("asked", given, "trace", trace));
  }

  private static void answer(Context context, Trace trace) {
    context.status(trace.isFound() ? 200 : 404).json(trace);
  }

  private Trace traced(Context context) {
    try {
      String given = Objects.requireNonNullElse(context.queryParam("id"), "");
      return engine.tracing().trace(Asked.parse(given));
    } catch (Asked.NoIdException none) {
      throw new BadRequestResponse(String.valueOf(none.getMessage()));
    }
  }

  private void audit(Context context) {
    int minutes = minutes(context);
    if (context.header("HX-Request") == null) {
      view.page(context, "audit.jte", Map.of("minutes", minutes));
    } else {
      view.part(context, "audited.jte", Map.of("report", audited(context), "minutes", minutes));
    }
  }

  private AuditReport audited(Context context) {
    return engine.audit().last(minutes(context), Instant.now());
  }

  private static int minutes(Context context) {
    String text = Objects.requireNonNullElse(context.queryParam("minutes"), "15");
    int minutes = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (minutes < 1 || minutes > 60) {
      throw new BadRequestResponse("minutes must be from 1 to 60");
    }
    return minutes;
  }

  private void journal(Context context) {
    List<Entry> entries = engine.journal().last(ENTRIES);
    view.page(context, "journal.jte", Map.of("entries", entries));
  }

  private void csv(Context context) {
    context
        .contentType("text/csv; charset=utf-8")
        .header("Content-Disposition", "attachment; filename=\"waybill-journal.csv\"")
        .result(Csv.of(engine.journal().last(5_000)));
  }

  /** Programs get a problem, people a page; and a part of a page gets words in its place. */
  private void failed(Context context, int status, @Nullable String why) {
    String words = String.valueOf(why);
    if (context.path().startsWith("/api/") || context.path().startsWith("/health/")) {
      Problem.of(status, "Request refused", words).writeTo(context);
      return;
    }
    boolean part = context.header("HX-Request") != null;
    context.status(part ? 200 : status);
    Map<String, Object> parameters = Map.of("status", status, "words", words);
    if (part) {
      view.part(context, "failure.jte", parameters);
    } else {
      view.page(context, "failed.jte", parameters);
    }
  }
}
