package dev.waybill.producer.http;

import dev.waybill.producer.idempotency.Answer;
import dev.waybill.producer.idempotency.Transactions.Outcome;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes of orders, for {@link dev.waybill.runtime.ServiceServer}. */
public final class OrderRoutes implements Consumer<JavalinConfig> {
  private final Supplier<@Nullable OrderApi> api;
  private final OrderMeters meters;

  /**
   * @param api null while the service is starting: requests are then answered 503
   */
  public OrderRoutes(Supplier<@Nullable OrderApi> api, MeterRegistry metrics) {
    this.api = api;
    this.meters = new OrderMeters(metrics);
  }

  @Override
  public void accept(JavalinConfig config) {
    config.http.maxRequestSize = RequestBody.MAX_BYTES;
    config.http.prefer405over404 = true;
    config.requestLogger.http(meters::answered);
    Refusals.register(config.routes);
    RoutesConfig routes = config.routes;
    routes.post("/orders", change("OrderPlaced", OrderApi::place));
    routes.get("/orders", read(OrderApi::list));
    routes.get("/orders/{id}", read(OrderApi::get));
    routes.delete("/orders/{id}", change("OrderErased", OrderApi::erase));
    routes.post("/orders/{id}/pay", change("OrderPaid", OrderApi::pay));
    routes.post("/orders/{id}/ship", change("OrderShipped", OrderApi::ship));
    routes.post("/orders/{id}/cancel", change("OrderCancelled", OrderApi::cancel));
  }

  private Handler read(BiFunction<OrderApi, Context, Object> route) {
    return context -> context.json(route.apply(started(), context));
  }

  private Handler change(String eventType, BiFunction<OrderApi, Context, Outcome> route) {
    return context -> {
      Outcome outcome = route.apply(started(), context);
      if (outcome.replayed()) {
        context.header("Idempotent-Replayed", "true");
      } else {
        meters.appended(eventType);
      }
      write(outcome.answer(), context);
    };
  }

  private OrderApi started() {
    OrderApi started = api.get();
    if (started == null) {
      throw new StartingException();
    }
    return started;
  }

  private static void write(Answer answer, Context context) {
    context.status(answer.status());
    if (answer.location() != null) {
      context.header("Location", answer.location());
    }
    if (answer.body() != null) {
      context.contentType("application/json").result(answer.body());
    }
  }
}
