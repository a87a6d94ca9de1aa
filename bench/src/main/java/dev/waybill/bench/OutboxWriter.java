package dev.waybill.bench;

import dev.waybill.outbox.Outbox;
import dev.waybill.outbox.OutboxEvent;
import dev.waybill.outbox.OutboxSettings;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConnectionProvider;

/** Appends each event in a transaction of its own, and is done when the COMMIT has returned. */
final class OutboxWriter implements Schedule.Writer {
  /** Enough that at 2,000 commits a second each may wait for the disk for 8 ms. */
  private static final int WRITERS = 16;

  private final Connection connection;
  private final DSLContext database;
  private final Outbox outbox;
  private final GenericData.Record payload;

  private OutboxWriter(Connection connection, Outbox outbox) {
    this.connection = connection;
    this.database = DSL.using(new DefaultConnectionProvider(connection), SQLDialect.POSTGRES);
    this.outbox = outbox;
    byte[] content = new byte[Backlog.PAYLOAD_BYTES];
    new SplittableRandom(7).nextBytes(content);
    this.payload =
        new GenericRecordBuilder(Backlog.SCHEMA).set("content", ByteBuffer.wrap(content)).build();
  }

  static Schedule.Opener opener(Database database) {
    OutboxSettings settings = OutboxSettings.defaults();
    Outbox outbox =
        Outbox.open(
            DSL.using(database.source(), SQLDialect.POSTGRES), settings, List.of(Backlog.SCHEMA));
    return new Schedule.Opener() {
      @Override
      public int writers() {
        return WRITERS;
      }

      @Override
      public Schedule.Writer open() throws SQLException {
        return new OutboxWriter(database.source().getConnection(), outbox);
      }
    };
  }

  @Override
  public void write(int event) {
    database.transaction(
        tx ->
            outbox.append(
                tx,
                OutboxEvent.of("parcel", Integer.toString(event), 1, "ParcelAccepted", payload)));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
