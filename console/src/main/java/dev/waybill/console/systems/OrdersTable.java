package dev.waybill.console.systems;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A's table of orders: one by its id, a customer's newest, and pages in the order of ids. */
public final class OrdersTable {
  private static final String COLUMNS =
      """
      SELECT order_id, status, version, total::text, currency, placed_at, updated_at FROM orders
      """;

  private OrdersTable() {}

  /**
   * What A knows of an order, as far as it is compared.
   *
   * @param total amount and currency
   */
  public record Order(
      UUID id, String status, long version, String total, Instant placedAt, Instant updatedAt) {}

  /** The order; empty when it never was, or was erased. */
  public static Optional<Order> find(Connection connection, UUID id) throws SQLException {
    return orders(connection, COLUMNS + "WHERE order_id = ? LIMIT ?", id, 1).stream().findFirst();
  }

  /** A customer's orders, the newest first. */
  public static List<Order> ofCustomer(Connection connection, UUID customer, int limit)
      throws SQLException {
    return orders(
        connection,
        COLUMNS + "WHERE customer_id = ? ORDER BY order_id DESC LIMIT ?",
        customer,
        limit);
  }

  /**
   * A page of all orders, by id.
   *
   * @param after the last of the page before; null for the first
   */
  public static List<Order> page(Connection connection, @Nullable UUID after, int limit)
      throws SQLException {
    return orders(
        connection,
        COLUMNS + "WHERE order_id > ? ORDER BY order_id LIMIT ?",
        after == null ? new UUID(0, 0) : after,
        limit);
  }

  private static List<Order> orders(Connection connection, String sql, UUID id, int limit)
      throws SQLException {
    try (PreparedStatement question = connection.prepareStatement(sql)) {
      question.setObject(1, id);
      question.setInt(2, limit);
      List<Order> found = new ArrayList<>();
      try (ResultSet row = question.executeQuery()) {
        while (row.next()) {
          found.add(
              new Order(
                  row.getObject(1, UUID.class),
                  row.getString(2),
                  row.getLong(3),
                  row.getString(4) + " " + row.getString(5),
                  row.getObject(6, OffsetDateTime.class).toInstant(),
                  row.getObject(7, OffsetDateTime.class).toInstant()));
        }
      }
      return found;
    }
  }
}
