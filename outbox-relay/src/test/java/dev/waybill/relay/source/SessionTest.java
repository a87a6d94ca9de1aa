package dev.waybill.relay.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServer.class)
class SessionTest {

  @Test
  void statementsEndInTimeWhateverTheRoleHasAndUnlessTheAddressSaysOtherwise() throws Exception {
    assertThat(timeout("")).isEqualTo("1min");
    assertThat(timeout("?options=-c%20statement_timeout=5min")).isEqualTo("5min");
    SharedServer.execute("CREATE ROLE hasty LOGIN SUPERUSER");
    SharedServer.execute("ALTER ROLE hasty SET statement_timeout = '1s'");
    try (Connection connection = SharedServer.outbox("hasty").connect().connection()) {
      assertThat(timeout(connection)).isEqualTo("1min");
    }
  }

  private static String timeout(String parameters) throws SQLException {
    OutboxDatabase database =
        new OutboxDatabase(SharedServer.url() + parameters, "postgres", null, null);
    try (Connection connection = database.connect().connection()) {
      return timeout(connection);
    }
  }

  private static String timeout(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW statement_timeout")) {
      row.next();
      return row.getString(1);
    }
  }
}
