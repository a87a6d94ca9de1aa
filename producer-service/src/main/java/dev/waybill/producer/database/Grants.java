package dev.waybill.producer.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * What the roles of the services may do with the tables, and nothing beyond it. The owner gives it;
 * giving it again changes nothing. Identity columns need no right on their sequence.
 */
public final class Grants {
  private static final List<String> WRITER =
      List.of(
          "SELECT, INSERT, UPDATE, DELETE ON orders, idempotency_key",
          "INSERT ON outbox_event",
          "SELECT, INSERT ON outbox_schema",
          "SELECT ON producer_schema_history, outbox_schema_history");

  private static final List<String> READER = List.of("SELECT ON outbox_event, outbox_schema");

  private final DataSource owner;

  public Grants(DataSource owner) {
    this.owner = owner;
  }

  /** Lets a role write orders and append events; it can neither change nor read an event. */
  public void toWriter(String role) throws SQLException {
    give(WRITER, role);
  }

  /** Lets a role read the outbox. */
  public void toReader(String role) throws SQLException {
    give(READER, role);
  }

  private void give(List<String> rights, String role) throws SQLException {
    String quoted = DSL.using(SQLDialect.POSTGRES).render(DSL.quotedName(role));
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      for (String right : rights) {
        statement.execute("GRANT " + right + " TO " + quoted);
      }
    }
  }
}
