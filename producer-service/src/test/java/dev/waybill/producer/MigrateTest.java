package dev.waybill.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.runtime.Settings;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/** A service and a relay that own nothing. */
@ExtendWith(Postgres.class)
class MigrateTest {
  private static final String DATABASE = "roles";
  private static final String INSERT =
      """
      INSERT INTO outbox_event
        (%s, slot, event_id, aggregate_type, aggregate_id, aggregate_version, event_type)
      OVERRIDING SYSTEM VALUE
      VALUES (%s, 0, gen_random_uuid(), 'a', 'b', 1, 'c')
      """;

  @Test
  void serviceThatOwnsNothingDoesItsWorkAndCannotTouchWhatItTold() throws Exception {
    Postgres.database().execute("CREATE DATABASE roles");
    Postgres.database().execute("REVOKE ALL ON DATABASE roles FROM PUBLIC");
    as("postgres").execute("REVOKE ALL ON SCHEMA public FROM PUBLIC");
    Postgres.database().execute("CREATE ROLE \"the writer\" LOGIN");
    Postgres.database().execute("CREATE ROLE reader LOGIN");
    Postgres.database().execute("CREATE ROLE console LOGIN");

    assertThat(migrate("--writer", "the writer", "--reader", "reader", "--console", "console"))
        .isZero();
    as("postgres").execute("GRANT INSERT ON outbox_event TO \"the writer\"");
    assertThat(migrate("--writer", "the writer")).as("once more").isZero();

    Map<String, String> settings = Postgres.settings(DATABASE);
    settings.put("DATABASE_USER", "the writer");
    try (Producer producer = Producer.start(new Settings(settings))) {
      Api api = new Api(producer.httpPort());
      String order = api.place().id();
      api.post("/orders/" + order + "/pay", Api.PAY).is(200);
      api.delete("/orders/" + order).is(204);
    }

    DSLContext writer = as("the writer");
    assertRefused(writer, "SELECT count(*) FROM outbox_event");
    assertRefused(writer, INSERT.formatted("xid", "'1'"));
    assertRefused(writer, INSERT.formatted("seq", "1"));
    assertRefused(writer, "UPDATE outbox_event SET slot = 0");
    assertRefused(writer, "DELETE FROM outbox_event");
    assertRefused(writer, "CREATE TABLE mine (id int)");
    DSLContext reader = as("reader");
    assertThat(reader.fetchSingle("SELECT count(*) FROM outbox_event").get(0)).isEqualTo(3L);
    assertRefused(reader, "DELETE FROM outbox_event");
    assertRefused(reader, "SELECT count(*) FROM orders");
    DSLContext console = as("console");
    assertThat(console.fetchSingle("SELECT count(*) FROM outbox_event").get(0)).isEqualTo(3L);
    assertThat(console.fetchSingle("SELECT count(*) FROM orders").get(0)).isEqualTo(0L);
    for (String table : new String[] {"outbox_event", "orders"}) {
      assertRefused(console, "DELETE FROM " + table);
      assertRefused(console, "SELECT 1 FROM " + table + " FOR UPDATE");
    }
    assertRefused(console, "SELECT count(*) FROM outbox_schema");
    assertRefused(console, "SELECT count(*) FROM idempotency_key");
  }

  @Test
  void ownerWhoMayNotLetTheRoleInSaysSoAndGivesNothing() {
    Postgres.database().execute("CREATE DATABASE closed");
    Postgres.database().execute("CREATE ROLE owner LOGIN");
    Postgres.database().execute("CREATE ROLE outsider LOGIN");
    Postgres.database().execute("REVOKE ALL ON DATABASE closed FROM PUBLIC");
    Postgres.database().execute("GRANT CONNECT ON DATABASE closed TO owner");
    DSL.using(Postgres.postgres().getDatabase("postgres", "closed"), SQLDialect.POSTGRES)
        .execute("GRANT ALL ON SCHEMA public TO owner");
    Map<String, String> settings = Postgres.settings("closed");
    settings.put("DATABASE_USER", "owner");

    int status =
        new CommandLine(new MigrateCommand(new Settings(settings))).execute("--reader", "outsider");

    assertThat(status).isEqualTo(1);
    assertThat(
            DSL.using(Postgres.postgres().getDatabase("postgres", "closed"), SQLDialect.POSTGRES)
                .fetchSingle("SELECT has_table_privilege('outsider', 'outbox_event', 'SELECT')")
                .get(0))
        .isEqualTo(false);
  }

  @Test
  void roleThatDoesNotExistIsSaidInTheStatus() {
    Postgres.database().execute("CREATE DATABASE no_roles");

    assertThat(migrateIn("no_roles", "--writer", "nobody_there")).isEqualTo(1);
  }

  private static int migrate(String... options) {
    return migrateIn(DATABASE, options);
  }

  private static int migrateIn(String database, String... options) {
    return new CommandLine(new MigrateCommand(new Settings(Postgres.settings(database))))
        .execute(options);
  }

  private static DSLContext as(String role) {
    return DSL.using(Postgres.postgres().getDatabase(role, DATABASE), SQLDialect.POSTGRES);
  }

  private static void assertRefused(DSLContext role, String statement) {
    assertThatThrownBy(() -> role.execute(statement))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("permission denied");
  }
}
