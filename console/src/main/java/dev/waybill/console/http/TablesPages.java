package dev.waybill.console.http;

import dev.waybill.console.audit.TablesAudit;
import dev.waybill.console.engine.Engine;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Compares the first orders of A and B whenever somebody wants it, for one visitor at a time. */
final class TablesPages {
  private static final int MOST_ORDERS = 10_000;

  private final Engine engine;
  private final View view;
  private final Semaphore turn = new Semaphore(1);

  TablesPages(Engine engine, View view) {
    this.engine = engine;
    this.view = view;
  }

  void addTo(JavalinConfig config) {
    config.routes.get("/audit/tables", this::page);
    config.routes.get("/api/audit/tables", context -> context.json(compared()));
  }

  private void page(Context context) {
    view.page(context, "tables.jte", Map.of("report", compared()));
  }

  private TablesAudit.Report compared() {
    if (!turn.tryAcquire()) {
      throw new HttpResponseException(429, "somebody else compares them now: try again soon");
    }
    try {
      return engine.tables().compare(MOST_ORDERS, read -> {});
    } finally {
      turn.release();
    }
  }
}
