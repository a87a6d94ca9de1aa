package dev.waybill.outbox;

import static dev.waybill.outbox.jooq.Tables.OUTBOX_EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.avro.generic.GenericRecord;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The code of {@code docs/outbox.md}, compiled and run. */
@ExtendWith(Postgres.class)
class DocumentedExampleTest {
  private static GenericRecord state(String id, long grams) {
    return Parcels.parcel(id, grams);
  }

  @Test
  void exampleOfThePageWorks() {
    DataSource dataSource = Postgres.dataSource();
    // <page>
    // Once, when the service starts: beside the migrations of its own.
    Flyway.configure()
        .dataSource(dataSource)
        .locations(OutboxMigration.LOCATION)
        .table(OutboxMigration.HISTORY_TABLE)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
    DSLContext database = DSL.using(dataSource, SQLDialect.POSTGRES);
    Outbox outbox = Outbox.open(database, OutboxSettings.defaults(), List.of(Parcels.SCHEMA));

    // One statement changes the parcel and appends the event.
    database.transaction(
        tx ->
            outbox.changeAndAppend(
                tx,
                tx.dsl().query("INSERT INTO parcel VALUES ({0}, 1, 250)", DSL.val("p-1")),
                OutboxEvent.of("parcel", "p-1", 1, "ParcelAccepted", state("p-1", 250))));

    // Or: lock the row, change it as you like, append.
    database.transaction(
        tx -> {
          long version =
              1
                  + tx.dsl()
                      .fetchSingle("SELECT version FROM parcel WHERE id = 'p-1' FOR UPDATE")
                      .get(0, Long.class);
          tx.dsl().execute("UPDATE parcel SET version = ? WHERE id = 'p-1'", version);
          outbox.append(
              tx, OutboxEvent.of("parcel", "p-1", version, "ParcelSent", state("p-1", 250)));
        });
    // </page>

    assertThat(
            database
                .selectFrom(OUTBOX_EVENT)
                .orderBy(OUTBOX_EVENT.SEQ)
                .fetch(OUTBOX_EVENT.EVENT_TYPE))
        .containsExactly("ParcelAccepted", "ParcelSent");
  }

  @Test
  void pageShowsExactlyThisCode() throws Exception {
    String page = Files.readString(Path.of("../docs/outbox.md"));
    String source =
        Files.readString(Path.of("src/test/java/dev/waybill/outbox/DocumentedExampleTest.java"));
    String code =
        source.substring(source.indexOf("// <page>\n") + 10, source.indexOf("// </page>"));

    assertThat(page)
        .contains(
            code.stripTrailing()
                .lines()
                .map(DocumentedExampleTest::outdent)
                .collect(Collectors.joining("\n")));
  }

  private static String outdent(String line) {
    return line.isEmpty() ? line : line.substring(4);
  }
}
