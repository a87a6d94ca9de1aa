package dev.waybill.console.http;

import dev.waybill.console.engine.Engine;
import dev.waybill.console.letters.Edit;
import dev.waybill.console.letters.Plan;
import dev.waybill.console.letters.Repair;
import dev.waybill.console.systems.AwayException;
import dev.waybill.deduplication.LetterPlace;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.NotFoundResponse;
import java.util.Map;

/** Editing a letter, by those who may act; what is sent then is a plan like any other. */
final class EditPages {
  private final Engine engine;
  private final Access access;
  private final View view;
  private final Plans plans;

  EditPages(Engine engine, Access access, View view, Plans plans) {
    this.engine = engine;
    this.access = access;
    this.view = view;
    this.plans = plans;
  }

  void addTo(JavalinConfig config) {
    config.routes.get("/letters/at/{place}/edit", this::edit);
    config.routes.post("/letters/repair", this::plan);
  }

  private void edit(Context context) {
    if (!access.visitor(context).mayAct()) {
      throw new ForbiddenResponse("log in first");
    }
    String place = context.pathParam("place");
    Edit edit =
        LetterPlace.parse(place)
            .flatMap(engine.repairs()::edit)
            .orElseThrow(() -> new NotFoundResponse("there is no letter at " + place));
    form(context, EditForm.of(edit), "");
  }

  /** Says what would be changed; nothing is sent yet. What cannot be sent is asked for again. */
  private void plan(Context context) {
    Visitor actor = access.actor(context);
    EditForm form = EditForm.of(context);
    try {
      Repair repair = engine.repairs().repair(form.edit());
      Plan plan = Plan.of(repair, String.valueOf(actor.name()), form.why());
      plans.keep(plan);
      view.page(context, "repair.jte", Map.of("plan", plan, "repair", repair));
    } catch (IllegalArgumentException wrong) {
      form(context.status(400), form, String.valueOf(wrong.getMessage()));
    } catch (AwayException away) {
      form(context.status(503), form, String.valueOf(away.getMessage()));
    }
  }

  private void form(Context context, EditForm form, String wrong) {
    view.page(context, "edit.jte", Map.of("form", form, "wrong", wrong));
  }
}
