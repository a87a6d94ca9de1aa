package dev.waybill.producer.orders;

import static dev.waybill.producer.jooq.Tables.ORDERS;

import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.RowCountQuery;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The statements on the table {@code orders}. */
final class OrderTable {
  private OrderTable() {}

  static RowCountQuery insert(DSLContext tx, Order order) {
    return tx.insertInto(ORDERS)
        .set(ORDERS.ORDER_ID, order.id())
        .set(ORDERS.CUSTOMER_ID, order.customerId())
        .set(ORDERS.STATUS, order.status().name())
        .set(ORDERS.LINES, LinesJson.write(order.lines()))
        .set(ORDERS.TOTAL, order.total().amount())
        .set(ORDERS.CURRENCY, order.total().currency())
        .set(ORDERS.VERSION, order.version())
        .set(ORDERS.PLACED_AT, order.placedAt())
        .set(ORDERS.UPDATED_AT, order.updatedAt());
  }

  /** Writes the state after a transition over the one before it. */
  static RowCountQuery update(DSLContext tx, Order after) {
    return tx.update(ORDERS)
        .set(ORDERS.STATUS, after.status().name())
        .set(ORDERS.VERSION, after.version())
        .set(ORDERS.PAYMENT_REFERENCE, after.particulars().paymentReference())
        .set(ORDERS.CARRIER, after.particulars().carrier())
        .set(ORDERS.TRACKING_NUMBER, after.particulars().trackingNumber())
        .set(ORDERS.CANCELLATION_REASON, after.particulars().cancellationReason())
        .set(ORDERS.UPDATED_AT, after.updatedAt())
        .where(ORDERS.ORDER_ID.eq(after.id()).and(ORDERS.VERSION.eq(after.version() - 1)));
  }

  static RowCountQuery delete(DSLContext tx, Order order) {
    return tx.deleteFrom(ORDERS)
        .where(ORDERS.ORDER_ID.eq(order.id()).and(ORDERS.VERSION.eq(order.version())));
  }

  /** Waits for whoever holds the row. */
  static @Nullable Order lock(DSLContext tx, UUID id) {
    return tx.selectFrom(ORDERS)
        .where(ORDERS.ORDER_ID.eq(id))
        .forUpdate()
        .fetchOne(OrderTable::order);
  }

  static @Nullable Order find(DSLContext database, UUID id) {
    return database.selectFrom(ORDERS).where(ORDERS.ORDER_ID.eq(id)).fetchOne(OrderTable::order);
  }

  static List<Order> list(
      DSLContext database, @Nullable UUID customerId, @Nullable UUID after, int limit) {
    Condition ofCustomer =
        customerId == null ? DSL.noCondition() : ORDERS.CUSTOMER_ID.eq(customerId);
    Condition behind = after == null ? DSL.noCondition() : ORDERS.ORDER_ID.gt(after);
    return database
        .selectFrom(ORDERS)
        .where(ofCustomer.and(behind))
        .orderBy(ORDERS.ORDER_ID)
        .limit(limit)
        .fetch(OrderTable::order);
  }

  private static Order order(Record row) {
    return new Order(
        row.get(ORDERS.ORDER_ID),
        row.get(ORDERS.CUSTOMER_ID),
        OrderStatus.valueOf(row.get(ORDERS.STATUS)),
        LinesJson.read(row.get(ORDERS.LINES)),
        new Money(row.get(ORDERS.TOTAL), row.get(ORDERS.CURRENCY)),
        row.get(ORDERS.VERSION),
        row.get(ORDERS.PLACED_AT),
        row.get(ORDERS.UPDATED_AT),
        new Particulars(
            row.get(ORDERS.PAYMENT_REFERENCE),
            row.get(ORDERS.CARRIER),
            row.get(ORDERS.TRACKING_NUMBER),
            row.get(ORDERS.CANCELLATION_REASON)));
  }
}
