package dev.waybill.console.systems;

import dev.waybill.runtime.PostgresLogin;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A's database, which is only read: two tables, each question with a limit of time and of rows.
 * Safe for use by many threads; each question has a connection of its own.
 */
public final class SystemA {
  private static final String NAME = "A's database";

  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private final String address;

  /**
   * Connects to nothing yet.
   *
   * @param limit of each statement
   */
  public SystemA(PostgresLogin login, Duration limit) {
    address = login.toString();
    database.setUrl(login.url());
    database.setUser(login.user());
    database.setPassword(login.password());
    database.setApplicationName("waybill-console");
    database.setConnectTimeout(3);
    database.setSocketTimeout((int) limit.toSeconds() + 5);
    database.setOptions(
        "-c statement_timeout=%s -c default_transaction_read_only=on -c jit=off"
            .formatted(limit.toMillis()));
  }

  /** What is done with a connection. */
  @FunctionalInterface
  public interface Question<T> {

    /** Asks; the connection is closed afterwards. */
    T ask(Connection connection) throws SQLException;
  }

  /**
   * Asks one or several questions on one connection.
   *
   * @throws AwayException when the database does not answer, or not in time
   */
  public <T> T ask(Question<T> question) {
    try (Connection connection = database.getConnection()) {
      return question.ask(connection);
    } catch (SQLException failure) {
      throw new AwayException(NAME, address + ": " + failure.getMessage());
    }
  }
}
