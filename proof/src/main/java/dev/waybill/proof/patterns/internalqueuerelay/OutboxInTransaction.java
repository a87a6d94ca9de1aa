package dev.waybill.proof.patterns.internalqueuerelay;

import dev.waybill.outbox.Outbox;
import dev.waybill.outbox.OutboxEvent;
import dev.waybill.outbox.OutboxSettings;
import dev.waybill.proof.patterns.Bank;
import dev.waybill.proof.patterns.Booking;
import dev.waybill.proof.patterns.BookingRequest;
import dev.waybill.proof.patterns.Pattern;
import dev.waybill.proof.patterns.Steps;
import java.util.List;
import javax.sql.DataSource;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Appends the event beside the booking. */
public final class OutboxInTransaction implements Pattern {
  /** The event is written, the transaction is open. */
  public static final String APPENDED = "event appended";

  /** The event's. */
  static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Account", "namespace": "dev.waybill.proof.patterns",
               "fields": [{"name": "id", "type": "string"},
                          {"name": "version", "type": "long"},
                          {"name": "booked", "type": "long"}]}
              """);

  private final Bank bank;
  private final Outbox outbox;
  private final Steps steps;

  public OutboxInTransaction(Bank bank, DataSource database, Steps steps) {
    this.bank = bank;
    this.outbox =
        Outbox.open(
            DSL.using(database, SQLDialect.POSTGRES), OutboxSettings.defaults(), List.of(SCHEMA));
    this.steps = steps;
  }

  @Override
  public void book(BookingRequest request) throws Exception {
    bank.inTransaction(
        request,
        tx -> {
          Booking booking = bank.change(tx, request); // 1.
          outbox.append(DSL.using(tx, SQLDialect.POSTGRES).configuration(), event(booking)); // 2.
          steps.at(APPENDED, booking.id());
          return booking;
        }); // 3.
  }

  private static OutboxEvent event(Booking booking) {
    GenericData.Record state =
        new GenericRecordBuilder(SCHEMA)
            .set("id", booking.account())
            .set("version", booking.version())
            .set("booked", booking.amount())
            .build();
    return OutboxEvent.of("account", booking.account(), booking.version(), "Booked", state)
        .withEventId(booking.id());
  }
}
