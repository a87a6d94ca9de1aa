package dev.waybill.proof.systems;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** What committed in A, read from its tables. */
public final class SystemA {
  private final DSLContext database;

  public SystemA(DataSource dataSource) {
    this.database = DSL.using(dataSource, SQLDialect.POSTGRES);
  }

  public int events() {
    return database.fetchSingle("SELECT count(*) FROM outbox_event").get(0, Integer.class);
  }

  public Map<UUID, CommittedEvent> committed() {
    Map<UUID, CommittedEvent> events = new HashMap<>();
    database
        .fetch(
            """
            SELECT event_id, aggregate_id, aggregate_version, payload IS NULL, occurred_at
            FROM outbox_event
            """)
        .forEach(
            row ->
                events.put(
                    row.get(0, UUID.class),
                    new CommittedEvent(
                        row.get(1, String.class),
                        row.get(2, Long.class),
                        row.get(3, Boolean.class),
                        row.get(4, OffsetDateTime.class).toInstant())));
    return events;
  }

  /** The orders by id, as {@code status version customer amount currency}. */
  public Map<String, String> orders() {
    Map<String, String> orders = new HashMap<>();
    database
        .fetch("SELECT order_id, status, version, customer_id, total, currency FROM orders")
        .forEach(
            row ->
                orders.put(
                    row.get(0, String.class),
                    order(
                        row.get(1, String.class),
                        row.get(2, Long.class),
                        row.get(3, String.class),
                        row.get(4, BigDecimal.class),
                        row.get(5, String.class))));
    return orders;
  }

  /** An order in one line, the same for A's and B's. */
  public static String order(
      String status, long version, String customer, BigDecimal amount, String currency) {
    return status
        + " version "
        + version
        + " of "
        + customer
        + ", "
        + amount.stripTrailingZeros().toPlainString()
        + " "
        + currency;
  }

  /** The totals of each customer who has orders, as {@link SystemB#totals} puts them. */
  public Map<String, String> totals() {
    Map<String, Map<String, Long>> orders = new HashMap<>();
    Map<String, Map<String, BigDecimal>> amounts = new HashMap<>();
    database
        .fetch("SELECT customer_id, status, count(*) FROM orders GROUP BY customer_id, status")
        .forEach(
            row ->
                orders
                    .computeIfAbsent(row.get(0, String.class), id -> new HashMap<>())
                    .put(row.get(1, String.class), row.get(2, Long.class)));
    database
        .fetch(
            """
            SELECT customer_id, currency, sum(total) FROM orders
            WHERE status <> 'CANCELLED' GROUP BY customer_id, currency HAVING sum(total) <> 0
            """)
        .forEach(
            row ->
                amounts
                    .computeIfAbsent(row.get(0, String.class), id -> new HashMap<>())
                    .put(row.get(1, String.class), row.get(2, BigDecimal.class)));
    Map<String, String> totals = new HashMap<>();
    orders.forEach(
        (id, counts) -> totals.put(id, SystemB.totals(counts, amounts.getOrDefault(id, Map.of()))));
    return totals;
  }
}
