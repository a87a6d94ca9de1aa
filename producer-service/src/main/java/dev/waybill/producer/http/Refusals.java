package dev.waybill.producer.http;

import dev.waybill.producer.database.SqlFailure;
import dev.waybill.producer.idempotency.KeyInProgressException;
import dev.waybill.producer.idempotency.KeyReusedException;
import dev.waybill.producer.orders.NoSuchOrderException;
import dev.waybill.producer.orders.OrderStatusException;
import dev.waybill.runtime.Problem;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How requests that changed nothing are answered. */
final class Refusals {
  private static final Logger log = LoggerFactory.getLogger(Refusals.class);

  private static final String RETRY_AFTER_SECONDS = "1";

  private Refusals() {}

  static void register(RoutesConfig routes) {
    routes.exception(InvalidRequestException.class, Refusals::invalid);
    routes.exception(
        NoSuchOrderException.class,
        (none, context) -> answer(context, 404, "No such order", none.getMessage()));
    routes.exception(
        OrderStatusException.class,
        (wrong, context) -> answer(context, 409, "Not in this status", wrong.getMessage()));
    routes.exception(
        KeyReusedException.class,
        (reused, context) ->
            answer(context, 422, "Idempotency-Key used before", reused.getMessage()));
    routes.exception(
        KeyInProgressException.class,
        (busy, context) -> later(context, 409, "Idempotency-Key in use", busy.getMessage()));
    routes.exception(
        StartingException.class,
        (starting, context) -> later(context, 503, "Not available", starting.getMessage()));
    routes.exception(DataAccessException.class, Refusals::databaseFailed);
  }

  private static void invalid(InvalidRequestException invalid, Context context) {
    new Problem(
            "about:blank",
            "Wrong fields",
            400,
            String.valueOf(invalid.getMessage()),
            invalid.errors())
        .writeTo(context);
  }

  private static void databaseFailed(DataAccessException failure, Context context) {
    switch (SqlFailure.of(failure)) {
      case LOCKED -> unavailable(failure, context, "other changes of the same order took too long");
      case CONFLICT -> unavailable(failure, context, "other changes were in the way, repeatedly");
      case SLOW -> unavailable(failure, context, "the database took too long");
      case EXHAUSTED ->
          unavailable(failure, context, "more requests are in progress than it takes");
      case AWAY -> unavailable(failure, context, "the database is away or takes no writes");
      case BUG -> {
        log.error("{} {} failed; answered 500", context.method(), context.path(), failure);
        answer(context, 500, "Internal error", "The request failed; the service's log says why.");
      }
    }
  }

  /** At debug: a database that is away would write a line for each request. Metrics count them. */
  private static void unavailable(DataAccessException failure, Context context, String why) {
    log.debug("{} {} answered 503: {}", context.method(), context.path(), why, failure);
    later(context, 503, "Not available", "Try again: " + why + ".");
  }

  private static void later(Context context, int status, String title, @Nullable String detail) {
    context.header("Retry-After", RETRY_AFTER_SECONDS);
    answer(context, status, title, detail);
  }

  private static void answer(Context context, int status, String title, @Nullable String detail) {
    Problem.of(status, title, String.valueOf(detail)).writeTo(context);
  }
}
