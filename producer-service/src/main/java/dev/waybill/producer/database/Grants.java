package dev.waybill.producer.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * What the roles of the services may do with the tables, and nothing beyond it. The owner gives it;
 * giving it again changes nothing. Identity columns need no right on their sequence.
 */
public final class Grants {
  /** Without {@code seq} and {@code xid}, which the database alone gives out. */
  private static final String APPENDED =
      "slot, event_id, aggregate_type, aggregate_id, aggregate_version, event_type, schema_id,"
          + " payload, headers, occurred_at";

  private static final List<String> WRITER =
      List.of(
          "GRANT SELECT, INSERT, UPDATE, DELETE ON orders, idempotency_key TO %s",
          "REVOKE INSERT ON outbox_event FROM %s", // Of an earlier version, for the whole table.
          "GRANT INSERT (" + APPENDED + ") ON outbox_event TO %s",
          "GRANT SELECT ON outbox_schema TO %s",
          "GRANT INSERT (sha256, schema_json) ON outbox_schema TO %s",
          "GRANT SELECT ON producer_schema_history, outbox_schema_history TO %s");

  private static final List<String> READER =
      List.of("GRANT SELECT ON outbox_event, outbox_schema TO %s");

  private static final List<String> CONSOLE = List.of("GRANT SELECT ON outbox_event, orders TO %s");

  /** The doors to the tables that are closed to a role, of its own and as one of PUBLIC. */
  private static final String CLOSED =
      """
      SELECT 'CONNECT ON DATABASE ' || quote_ident(current_database())
      WHERE NOT has_database_privilege(?, current_database(), 'CONNECT')
      UNION ALL
      SELECT 'USAGE ON SCHEMA ' || quote_ident(current_schema())
      WHERE NOT has_schema_privilege(?, current_schema(), 'USAGE')
      """;

  private final DataSource owner;

  public Grants(DataSource owner) {
    this.owner = owner;
  }

  /**
   * Lets a role write orders and append events; it can neither change nor read an event.
   *
   * @throws SQLException when the owner may not give it all; then nothing was given
   */
  public void toWriter(String role) throws SQLException {
    give(WRITER, role);
  }

  /**
   * Lets a role read the outbox.
   *
   * @throws SQLException when the owner may not give it all; then nothing was given
   */
  public void toReader(String role) throws SQLException {
    give(READER, role);
  }

  /**
   * Lets a role read orders and events, for people who ask where one is; it can change nothing.
   *
   * @throws SQLException when the owner may not give it all; then nothing was given
   */
  public void toConsole(String role) throws SQLException {
    give(CONSOLE, role);
  }

  private void give(List<String> rights, String role) throws SQLException {
    String quoted = DSL.using(SQLDialect.POSTGRES).render(DSL.quotedName(role));
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false); // So that a writer at work is never without its rights.
      for (String right : rights) {
        statement.execute(right.formatted(quoted));
      }
      for (String closed : closed(connection, role)) {
        statement.execute("GRANT " + closed + " TO " + quoted);
      }
      List<String> stillClosed = closed(connection, role);
      if (!stillClosed.isEmpty()) { // Who may not give a right is only warned.
        throw new SQLException("DATABASE_USER may not give " + quoted + " " + stillClosed);
      }
      connection.commit();
    }
  }

  private static List<String> closed(Connection connection, String role) throws SQLException {
    try (PreparedStatement question = connection.prepareStatement(CLOSED)) {
      question.setString(1, role);
      question.setString(2, role);
      List<String> closed = new ArrayList<>();
      try (ResultSet row = question.executeQuery()) {
        while (row.next()) {
          closed.add(row.getString(1));
        }
      }
      return closed;
    }
  }
}
