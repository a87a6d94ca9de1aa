package com.example.parcels;

import dev.waybill.outbox.Outbox;
import dev.waybill.outbox.OutboxEvent;
import dev.waybill.outbox.OutboxMigration;
import dev.waybill.outbox.OutboxSettings;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * System A: parcels in PostgreSQL. An event commits, or rolls back, with the change it tells of.
 */
public final class ParcelService {
  private final DSLContext database;
  private final Outbox outbox;

  /** Migrates the database and opens the outbox. */
  public ParcelService(DataSource dataSource) {
    Flyway.configure().dataSource(dataSource).load().migrate(); // A's own: db/migration
    Flyway.configure()
        .dataSource(dataSource)
        .locations(OutboxMigration.LOCATION)
        .table(OutboxMigration.HISTORY_TABLE)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
    database = DSL.using(dataSource, SQLDialect.POSTGRES);
    outbox = Outbox.open(database, OutboxSettings.defaults(), List.of(Parcel.getClassSchema()));
  }

  /**
   * Change and event in one statement. False, and no event, when there is such a parcel already.
   */
  public boolean accept(String id, long grams) {
    return outbox.changeAndAppend(
        database.configuration(),
        database.query(
            "INSERT INTO parcel VALUES ({0}, 1, {1}, false) ON CONFLICT DO NOTHING",
            DSL.val(id), DSL.val(grams)),
        OutboxEvent.of("parcel", id, 1, "ParcelAccepted", new Parcel(id, grams, false)));
  }

  /**
   * Change and event in one transaction: the update locks the row, and its version is the event's.
   */
  public void send(String id) {
    database.transaction(
        tx -> {
          Record parcel =
              tx.dsl()
                  .fetchSingle(
                      "UPDATE parcel SET sent = true, version = version + 1 WHERE id = ?"
                          + " RETURNING version, grams",
                      id);
          long version = parcel.get("version", Long.class);
          Parcel state = new Parcel(id, parcel.get("grams", Long.class), true);
          outbox.append(tx, OutboxEvent.of("parcel", id, version, "ParcelSent", state));
        });
  }

  /** Accepts and sends a parcel: its id, and what it weighs in grams. */
  public static void main(String[] args) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(System.getenv("DATABASE_URL"));
    dataSource.setUser(System.getenv("DATABASE_USER"));
    dataSource.setPassword(System.getenv("DATABASE_PASSWORD"));
    ParcelService service = new ParcelService(dataSource);
    System.out.println("accepted: " + service.accept(args[0], Long.parseLong(args[1])));
    service.send(args[0]);
  }
}
