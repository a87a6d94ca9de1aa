package dev.waybill.proof.patterns;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A's business, the same in all patterns: accounts and their bookings. Steps on the way: {@link
 * #CHANGED} and {@link #COMMITTED}.
 */
public final class Bank {
  /** The rows are changed, the transaction is open. */
  public static final String CHANGED = "row changed";

  /** The transaction is over, and A knows it. */
  public static final String COMMITTED = "A knows that it committed";

  private static final String IS_OPEN = "SELECT open FROM a.business_day";

  private static final String CHANGE =
      """
      UPDATE a.account SET balance = balance + ?, version = version + 1
      WHERE id = ? RETURNING version
      """;

  private static final String REMEMBER =
      "INSERT INTO a.booking (id, account, version, amount, branch) VALUES (?, ?, ?, ?, ?)";

  private final DataSource database;
  private final Steps steps;

  public Bank(DataSource database, Steps steps) {
    this.database = database;
    this.steps = steps;
  }

  /** What is done in a transaction. */
  @FunctionalInterface
  public interface Work {
    Booking in(Connection tx) throws Exception;
  }

  /**
   * Commits when the work is done.
   *
   * @throws Exception the work's own, or that of a commit that failed; the transaction is rolled
   *     back then, unless only the answer of the commit was lost
   */
  public Booking inTransaction(BookingRequest request, Work work) throws Exception {
    try (Connection tx = database.getConnection()) {
      tx.setTransactionIsolation(
          request.strict()
              ? Connection.TRANSACTION_SERIALIZABLE
              : Connection.TRANSACTION_READ_COMMITTED);
      tx.setAutoCommit(false);
      try {
        Booking booking = work.in(tx);
        steps.note("COMMIT begun", request.id());
        tx.commit();
        steps.at(COMMITTED, request.id());
        return booking;
      } catch (Exception failure) {
        steps.note("A gives up (" + reason(failure) + ")", request.id());
        rollBack(tx, failure);
        throw failure;
      }
    }
  }

  private static void rollBack(Connection tx, Exception failure) {
    try {
      tx.rollback();
    } catch (SQLException connectionLost) {
      failure.addSuppressed(connectionLost);
    }
  }

  static String reason(Exception failure) {
    String words = String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
    return failure instanceof SQLException sql ? sql.getSQLState() + " " + words : words;
  }

  /** Changes the account, whose row is locked from now on, and writes the booking. */
  public Booking change(Connection tx, BookingRequest request) throws SQLException {
    if (request.strict()) {
      execute(tx, IS_OPEN);
    }
    Booking booking =
        new Booking(request.id(), request.account(), version(tx, request), request.amount());
    execute(
        tx,
        REMEMBER,
        booking.id(),
        booking.account(),
        booking.version(),
        booking.amount(),
        request.branch());
    steps.at(CHANGED, request.id());
    return booking;
  }

  private static long version(Connection tx, BookingRequest request) throws SQLException {
    try (PreparedStatement change = tx.prepareStatement(CHANGE)) {
      change.setLong(1, request.amount());
      change.setString(2, request.account());
      try (ResultSet row = change.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("there is no account " + request.account());
        }
        return row.getLong(1);
      }
    }
  }

  /** One statement with its parameters. */
  public static void execute(Connection tx, String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = tx.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    }
  }
}
