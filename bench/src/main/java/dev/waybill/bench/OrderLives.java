package dev.waybill.bench;

import static dev.waybill.producer.jooq.Tables.ORDERS;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.orders.Order;
import dev.waybill.orders.OrderEvent;
import dev.waybill.orders.OrderEventType;
import dev.waybill.outbox.Outbox;
import dev.waybill.outbox.OutboxEvent;
import dev.waybill.outbox.OutboxSettings;
import dev.waybill.producer.database.Connections;
import dev.waybill.producer.database.DatabaseSettings;
import dev.waybill.runtime.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.RowCountQuery;
import org.jspecify.annotations.Nullable;

/**
 * A client of A's database that takes one order after the other through its life, each step a
 * transaction with A's own statements: insert; lock and update; lock and update.
 */
final class OrderLives {
  static final int CLIENTS = 8;

  private static final String LINES =
      """
      [{"sku": "SKU-1", "quantity": 1, "unitPrice": "19.9900"},
       {"sku": "SKU-2", "quantity": 2, "unitPrice": "19.9900"}]
      """;

  private final DSLContext database;
  private final @Nullable Outbox outbox;

  /**
   * @param outbox where the events go; null is for a system A that tells nobody
   */
  OrderLives(DSLContext database, @Nullable Outbox outbox) {
    this.database = database;
    this.outbox = outbox;
  }

  /** Connections for all clients, as A has them. */
  static HikariDataSource pool(String url) {
    DatabaseSettings settings =
        DatabaseSettings.from(
            new Settings(
                Map.of("DATABASE_URL", url, "DATABASE_POOL_SIZE", Integer.toString(CLIENTS))));
    return Connections.pool(settings, new SimpleMeterRegistry());
  }

  /** A's outbox. */
  static Outbox outbox(DSLContext database) {
    return Outbox.open(database, OutboxSettings.defaults(), List.of(OrderEvent.getClassSchema()));
  }

  /** All clients at the same time, each as {@link #run}; returns at once. */
  List<Future<Integer>> runAll(ExecutorService threads, BooleanSupplier goesOn) {
    return Stream.generate(() -> threads.submit(() -> run(goesOn))).limit(CLIENTS).toList();
  }

  /** Goes on as long as it is told to before each transaction; returns their number. */
  int run(BooleanSupplier goesOn) {
    OrderStates states = new OrderStates(System.nanoTime());
    int transactions = 0;
    while (goesOn.getAsBoolean()) {
      Order order = states.placed();
      database.transaction(tx -> write(tx, insert(tx.dsl(), order), order));
      transactions++;
      for (int step = 1; step < OrderStates.STEPS && goesOn.getAsBoolean(); step++) {
        database.transaction(tx -> next(tx, order));
        transactions++;
      }
    }
    return transactions;
  }

  private void next(Configuration tx, Order order) {
    tx.dsl()
        .selectFrom(ORDERS)
        .where(ORDERS.ORDER_ID.eq(order.getOrderId()))
        .forUpdate()
        .fetchOne();
    OrderStates.next(order);
    write(tx, update(tx.dsl(), order), order);
  }

  private void write(Configuration tx, RowCountQuery change, Order order) {
    boolean changed =
        outbox == null
            ? change.execute() == 1
            : outbox.changeAndAppend(tx, change, event(order).withHeaders(Map.of()));
    if (!changed) {
      throw new IllegalStateException("the order's row was not there");
    }
  }

  private static OutboxEvent event(Order order) {
    OrderEventType type = OrderEventType.valueOf(order.getStatus().name());
    return OutboxEvent.of(
            "order",
            order.getOrderId().toString(),
            order.getVersion(),
            OrderStates.eventType(order),
            OrderEvent.newBuilder().setType(type).setOrder(order).build())
        .withOccurredAt(order.getUpdatedAt());
  }

  private static RowCountQuery insert(DSLContext tx, Order order) {
    return tx.insertInto(ORDERS)
        .set(ORDERS.ORDER_ID, order.getOrderId())
        .set(ORDERS.CUSTOMER_ID, order.getCustomerId())
        .set(ORDERS.STATUS, order.getStatus().name())
        .set(ORDERS.LINES, JSONB.valueOf(LINES))
        .set(ORDERS.TOTAL, order.getTotal().getAmount())
        .set(ORDERS.CURRENCY, order.getTotal().getCurrency())
        .set(ORDERS.VERSION, order.getVersion())
        .set(ORDERS.PLACED_AT, order.getPlacedAt())
        .set(ORDERS.UPDATED_AT, order.getUpdatedAt());
  }

  private static RowCountQuery update(DSLContext tx, Order order) {
    return tx.update(ORDERS)
        .set(ORDERS.STATUS, order.getStatus().name())
        .set(ORDERS.VERSION, order.getVersion())
        .set(ORDERS.PAYMENT_REFERENCE, "PAY-1")
        .set(ORDERS.CARRIER, (String) null)
        .set(ORDERS.TRACKING_NUMBER, (String) null)
        .set(ORDERS.CANCELLATION_REASON, (String) null)
        .set(ORDERS.UPDATED_AT, order.getUpdatedAt())
        .where(
            ORDERS.ORDER_ID.eq(order.getOrderId()).and(ORDERS.VERSION.eq(order.getVersion() - 1)));
  }
}
