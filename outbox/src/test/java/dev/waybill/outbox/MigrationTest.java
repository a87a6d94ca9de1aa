package dev.waybill.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table as migrations leave it, for whoever writes to it with SQL. */
@ExtendWith(Postgres.class)
class MigrationTest {
  private static final String SCHEMA = "migrated";

  private final DSLContext database = DSL.using(Postgres.dataSource(), SQLDialect.POSTGRES);

  @BeforeEach
  void begin() {
    database.execute("DROP SCHEMA IF EXISTS migrated CASCADE");
    migrateTo("1");
    insert("lane", "3", "'a'", "1", "1");
    migrateTo("latest");
  }

  private static void migrateTo(String version) {
    Flyway.configure()
        .dataSource(Postgres.dataSource())
        .schemas(SCHEMA)
        .locations(OutboxMigration.LOCATION)
        .target(version)
        .load()
        .migrate();
  }

  private void insert(String slotColumn, String slot, String id, String version, String schema) {
    database.execute(
        """
        INSERT INTO migrated.outbox_event (%s, event_id, aggregate_type, aggregate_id,
            aggregate_version, event_type, schema_id, payload)
          VALUES (%s, gen_random_uuid(), 'parcel', %s, %s, 'Sent', %s, '\\x00')"""
            .formatted(slotColumn, slot, id, version, schema));
  }

  @Test
  void rowsOfTheFirstVersionAreKept() {
    assertThat(
            database.fetchValue(
                "SELECT concat_ws(' ', slot, aggregate_id, aggregate_version, payload) FROM"
                    + " migrated.outbox_event"))
        .isEqualTo("3 a 1 \\x00");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "-1, 'a', 1, 1, outbox_slot",
        "0, '', 1, 1, outbox_aggregate_id",
        "0, 'a', 0, 1, outbox_aggregate_version",
        "0, NULL, 1, 1, not-null",
        "0, 'a', NULL, 1, not-null",
        "0, 'a', 1, NULL, outbox_event_check",
      })
  void refusesWhatTheRelayCouldNotPublish(
      String slot, String id, String version, String schema, String reason) {
    assertThatThrownBy(() -> insert("slot", slot, id, version, schema))
        .hasMessageContaining(reason);
  }
}
