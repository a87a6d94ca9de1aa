package dev.waybill.console.http;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.Map;

/** Renders templates, which were made Java when this was built. Everything in them is escaped. */
final class View {
  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, View.class.getClassLoader(), "dev.waybill.console.pages");
  private final Access access;

  View(Access access) {
    this.access = access;
  }

  /** Answers with a page: the template gets the visitor, too. */
  void page(Context context, String template, Map<String, Object> parameters) {
    Map<String, Object> all = new HashMap<>(parameters);
    all.put("visitor", access.visitor(context));
    context.html(render(template, all));
  }

  /** Answers with a part of a page. */
  void part(Context context, String template, Map<String, Object> parameters) {
    context.html(render(template, parameters));
  }

  String render(String template, Map<String, Object> parameters) {
    StringOutput out = new StringOutput();
    templates.render(template, parameters, out);
    return out.toString();
  }
}
