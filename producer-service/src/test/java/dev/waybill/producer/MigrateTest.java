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

  @Test
  void serviceThatOwnsNothingDoesItsWorkAndCannotTouchWhatItTold() throws Exception {
    Postgres.database().execute("CREATE DATABASE roles");
    Postgres.database().execute("CREATE ROLE \"the writer\" LOGIN");
    Postgres.database().execute("CREATE ROLE reader LOGIN");

    assertThat(migrate("--writer", "the writer", "--reader", "reader")).isZero();
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
    assertRefused(writer, "UPDATE outbox_event SET lane = 0");
    assertRefused(writer, "DELETE FROM outbox_event");
    assertRefused(writer, "CREATE TABLE mine (id int)");
    DSLContext reader = as("reader");
    assertThat(reader.fetchSingle("SELECT count(*) FROM outbox_event").get(0)).isEqualTo(3L);
    assertRefused(reader, "DELETE FROM outbox_event");
    assertRefused(reader, "SELECT count(*) FROM orders");
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
