package dev.waybill.producer.http;

import dev.waybill.producer.idempotency.Answer;
import dev.waybill.producer.idempotency.Transactions;
import dev.waybill.producer.idempotency.Transactions.Outcome;
import dev.waybill.producer.orders.NewOrder;
import dev.waybill.producer.orders.Order;
import dev.waybill.producer.orders.Orders;
import dev.waybill.producer.orders.Transition;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;

/**
 * Answers the requests for orders. A request is checked wholly before anything is begun; then it is
 * one transaction. Thread-safe; blocks on the database.
 */
public final class OrderApi {
  private final DSLContext database;
  private final Transactions transactions;
  private final Orders orders;

  public OrderApi(DSLContext database, Transactions transactions, Orders orders) {
    this.database = database;
    this.transactions = transactions;
    this.orders = orders;
  }

  Outcome place(Context request) {
    NewOrder order = OrderRequests.place(RequestBody.fields(request));
    Map<String, String> headers = TraceParent.headers(request);
    return transactions.run(
        IdempotencyKeyHeader.of(request),
        tx -> {
          Order placed = orders.place(tx, order, headers);
          return new Answer(201, "/orders/" + placed.id(), OrderJson.of(placed).text());
        });
  }

  Outcome pay(Context request) {
    return change(request, OrderRequests::pay);
  }

  Outcome ship(Context request) {
    return change(request, OrderRequests::ship);
  }

  Outcome cancel(Context request) {
    return change(request, OrderRequests::cancel);
  }

  private Outcome change(Context request, Function<Fields, Transition> body) {
    UUID id = id(request);
    Transition transition = body.apply(RequestBody.fields(request));
    Map<String, String> headers = TraceParent.headers(request);
    return transactions.run(
        IdempotencyKeyHeader.of(request),
        tx ->
            new Answer(200, null, OrderJson.of(orders.change(tx, id, transition, headers)).text()));
  }

  Outcome erase(Context request) {
    UUID id = id(request);
    Map<String, String> headers = TraceParent.headers(request);
    return transactions.run(
        IdempotencyKeyHeader.of(request),
        tx -> {
          orders.erase(tx, id, headers);
          return new Answer(204, null, null);
        });
  }

  OrderJson get(Context request) {
    return OrderJson.of(orders.get(database, id(request)));
  }

  OrderJson.Page list(Context request) {
    ListQuery query = ListQuery.of(request);
    List<Order> found = orders.list(database, query.customerId(), query.after(), query.limit() + 1);
    List<Order> page = found.subList(0, Math.min(found.size(), query.limit()));
    return new OrderJson.Page(
        page.stream().map(OrderJson::of).toList(),
        found.size() > page.size() ? page.get(page.size() - 1).id() : null);
  }

  /** A path that cannot be an order's is one where there is none. */
  private static UUID id(Context request) {
    String text = request.pathParam("id");
    UUID id = Texts.uuid(text);
    if (id == null) {
      throw new NotFoundResponse("there is no order " + text + ": its id would be a UUID");
    }
    return id;
  }
}
