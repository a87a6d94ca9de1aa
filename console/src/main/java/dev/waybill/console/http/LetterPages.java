package dev.waybill.console.http;

import dev.waybill.console.engine.Engine;
import dev.waybill.console.letters.KnownLetter;
import dev.waybill.console.letters.LetterQuery;
import dev.waybill.console.letters.Letters;
import dev.waybill.console.letters.Plan;
import dev.waybill.console.letters.Preview;
import dev.waybill.console.letters.Progress;
import dev.waybill.console.systems.EventIds;
import dev.waybill.console.systems.Relays;
import dev.waybill.deduplication.LetterAction;
import dev.waybill.deduplication.LetterPlace;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dead letters: shown to all, acted upon by those who may. */
final class LetterPages {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");
  private static final int SHOWN = 50;

  private final Engine engine;
  private final Access access;
  private final View view;
  private final Plans plans;

  LetterPages(Engine engine, Access access, View view, Plans plans) {
    this.engine = engine;
    this.access = access;
    this.view = view;
    this.plans = plans;
  }

  void addTo(JavalinConfig config) {
    config.routes.get("/letters", this::letters);
    config.routes.get("/api/letters", this::list);
    config.routes.get("/api/letters/groups", this::groups);
    config.routes.get("/letters/at/{place}", this::letter);
    config.routes.get("/api/letters/at/{place}", context -> context.json(whole(context)));
    config.routes.post("/letters/plan", this::plan);
    config.routes.post("/letters/begin", this::begin);
    config.routes.get("/operations/{id}", this::operation);
    config.routes.post("/operations/{id}/stop", this::stop);
    config.routes.post("/quarantine", this::quarantine);
  }

  private void letters(Context context) {
    LetterQuery query = query(context::queryParam);
    String after = text(context.queryParam("after"));
    Letters.Page page = engine.letters().list(query, after, SHOWN);
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("query", query);
    parameters.put("page", page);
    parameters.put("groups", engine.letters().groups(LetterQuery.ANY));
    parameters.put("operations", engine.operations().last());
    view.page(context, "letters.jte", parameters);
  }

  private void list(Context context) {
    String after = text(context.queryParam("after"));
    context.json(engine.letters().list(query(context::queryParam), after, 1_000));
  }

  private void groups(Context context) {
    context.json(engine.letters().groups(query(context::queryParam)));
  }

  private void letter(Context context) {
    view.page(context, "letter.jte", Map.of("whole", whole(context)));
  }

  private Letters.Whole whole(Context context) {
    LetterPlace place =
        LetterPlace.parse(context.pathParam("place"))
            .orElseThrow(() -> new BadRequestResponse("a place is topic-partition@offset"));
    return engine
        .letters()
        .find(place)
        .orElseThrow(() -> new NotFoundResponse("there is no letter at " + place));
  }

  /** Freezes the set, and says what would happen; nothing is done yet. */
  private void plan(Context context) {
    Visitor actor = access.actor(context);
    LetterAction.Kind action = action(text(context.formParam("action")));
    List<KnownLetter> set = set(context, action);
    try {
      Plan plan =
          Plan.of(
              action,
              String.valueOf(actor.name()),
              text(context.formParam("why")),
              set,
              rate(context));
      plans.keep(plan);
      view.page(context, "plan.jte", Map.of("plan", plan, "preview", Preview.of(action, set)));
    } catch (IllegalArgumentException wrong) {
      throw new BadRequestResponse(String.valueOf(wrong.getMessage()));
    }
  }

  private List<KnownLetter> set(Context context, LetterAction.Kind action) {
    String place = text(context.formParam("place"));
    if (!place.isEmpty()) {
      return LetterPlace.parse(place)
          .flatMap(one -> engine.letters().find(one))
          .map(whole -> List.of(whole.letter()))
          .orElseThrow(() -> new NotFoundResponse("there is no letter at " + place));
    }
    List<KnownLetter> set = engine.letters().of(action, query(context::formParam));
    if (set.isEmpty()) {
      throw new NotFoundResponse("there are no such letters (any more)");
    }
    return set;
  }

  private void begin(Context context) {
    Visitor actor = access.actor(context);
    Plan plan =
        plans
            .take(text(context.formParam("operation")), String.valueOf(actor.name()))
            .orElseThrow(
                () -> new NotFoundResponse("that plan is not there any more: make another"));
    Progress begun = engine.operations().begin(plan);
    context.redirect("/operations/" + begun.operation(), HttpStatus.SEE_OTHER);
  }

  private void operation(Context context) {
    String id = context.pathParam("id");
    Progress progress =
        engine
            .operations()
            .find(id)
            .or(() -> engine.journal().operation(id).map(Progress::of))
            .orElseThrow(() -> new NotFoundResponse("no operation " + id + " was planned"));
    if (context.header("HX-Request") == null) {
      view.page(context, "operation.jte", Map.of("progress", progress));
    } else {
      view.part(
          context,
          "progress.jte",
          Map.of("progress", progress, "visitor", access.visitor(context)));
    }
  }

  private void stop(Context context) {
    Visitor unused = access.actor(context);
    String id = context.pathParam("id");
    if (!engine.operations().stop(id)) {
      throw new NotFoundResponse("no operation " + id + " runs here");
    }
    context.redirect("/operations/" + id, HttpStatus.SEE_OTHER);
  }

  private void quarantine(Context context) {
    Visitor actor = access.actor(context);
    String event = text(context.formParam("eventId"));
    try {
      Relays.Passed passed =
          engine
              .quarantine()
              .letPass(
                  EventIds.parse(event)
                      .orElseThrow(() -> new BadRequestResponse("that is no event's id")),
                  text(context.formParam("why")),
                  String.valueOf(actor.name()));
      view.page(
          context,
          "failed.jte",
          Map.of("status", passed.done() ? 200 : 409, "words", passed.words()));
    } catch (IllegalArgumentException wrong) {
      throw new BadRequestResponse(String.valueOf(wrong.getMessage()));
    }
  }

  /** Where a value of a name is. */
  @FunctionalInterface
  private interface Values {
    @Nullable String of(String name);
  }

  private static LetterQuery query(Values values) {
    return new LetterQuery(
        text(values.of("reason")),
        text(values.of("fingerprint")),
        text(values.of("eventId")),
        text(values.of("key")),
        text(values.of("state")),
        text(values.of("source")),
        text(values.of("from")),
        text(values.of("to")));
  }

  private static LetterAction.Kind action(String text) {
    return switch (text) {
      case "replay" -> LetterAction.Kind.REPLAY;
      case "discard" -> LetterAction.Kind.DISCARD;
      case "restore" -> LetterAction.Kind.RESTORE;
      default -> throw new BadRequestResponse("the action must be replay, discard or restore");
    };
  }

  private static int rate(Context context) {
    String text = text(context.formParam("rate"));
    return text.isEmpty() ? Plan.RATE : NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
  }

  private static String text(@Nullable String value) {
    return Objects.requireNonNullElse(value, "").strip();
  }
}
