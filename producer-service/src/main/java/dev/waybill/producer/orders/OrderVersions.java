package dev.waybill.producer.orders;

import static dev.waybill.producer.jooq.Tables.ORDERS;

import org.jooq.DSLContext;
import org.jooq.Record3;
import org.jooq.impl.DSL;

/** The versions of all orders, for a database that was taken back to an earlier state. */
public final class OrderVersions {

  /**
   * How far they go.
   *
   * @param lowest and {@code highest}: 0 when there are no orders
   */
  public record Range(int orders, long lowest, long highest) {}

  private final DSLContext database;

  public OrderVersions(DSLContext database) {
    this.database = database;
  }

  /** The versions as they are. Throws jOOQ's {@code DataAccessException} when that fails. */
  public Range range() {
    Record3<Integer, Long, Long> row =
        database
            .select(
                DSL.count(),
                DSL.coalesce(DSL.min(ORDERS.VERSION), 0L),
                DSL.coalesce(DSL.max(ORDERS.VERSION), 0L))
            .from(ORDERS)
            .fetchSingle();
    return new Range(row.value1(), row.value2(), row.value3());
  }

  /**
   * Adds to the version of every order, in one statement; waits for changes in progress. Tells
   * nobody: each order's next event shows it. Throws jOOQ's {@code DataAccessException} when it
   * fails; then nothing has changed, unless the connection broke while it committed.
   *
   * @param by 1 or more
   * @return how many orders there are
   */
  public int raise(long by) {
    return database.update(ORDERS).set(ORDERS.VERSION, ORDERS.VERSION.plus(by)).execute();
  }
}
