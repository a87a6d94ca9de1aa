package dev.waybill.proof.relay;

import dev.waybill.outbox.Outbox;
import dev.waybill.outbox.OutboxEvent;
import dev.waybill.outbox.OutboxSettings;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** One session of a system A, which appends events through the outbox's own writer. */
final class Events implements AutoCloseable {
  static final Schema SCHEMA =
      SchemaBuilder.record("Parcel")
          .namespace("com.example")
          .fields()
          .requiredString("id")
          .requiredBytes("load")
          .endRecord();

  private final Connection connection;
  private final DSLContext session;
  private final Outbox outbox;

  Events(String databaseUrl, Schema schema) throws SQLException {
    connection = DriverManager.getConnection(databaseUrl, "postgres", "");
    session = DSL.using(connection, SQLDialect.POSTGRES);
    outbox = Outbox.open(session, OutboxSettings.defaults(), List.of(schema));
    connection.setAutoCommit(false);
  }

  static GenericRecord parcel(String id, int bytes) {
    return parcel(id, new byte[bytes]);
  }

  /** With a load that no compression makes smaller. */
  static GenericRecord randomParcel(String id, int bytes) {
    byte[] load = new byte[bytes];
    new Random(7).nextBytes(load);
    return parcel(id, load);
  }

  private static GenericRecord parcel(String id, byte[] load) {
    return new GenericRecordBuilder(SCHEMA)
        .set("id", id)
        .set("load", ByteBuffer.wrap(load))
        .build();
  }

  static OutboxEvent event(String id, long version) {
    return OutboxEvent.of("parcel", id, version, "ParcelSent", parcel(id, 10));
  }

  Events append(OutboxEvent event) {
    outbox.append(session.configuration(), event);
    return this;
  }

  Events append(String id, long version) {
    return append(event(id, version));
  }

  /** A row of which no record can be made, because it has no schema; its event's id. */
  UUID appendBroken(String id, long version) {
    append(id, version);
    return session
        .fetchSingle(
            """
            UPDATE outbox_event SET schema_id = 4711
            WHERE aggregate_id = ? AND aggregate_version = ? RETURNING event_id
            """,
            id,
            version)
        .get(0, UUID.class);
  }

  /** Gives a broken row its schema. */
  void putRight(UUID broken) throws SQLException {
    session.execute(
        "UPDATE outbox_event SET schema_id = (SELECT min(schema_id) FROM outbox_schema)"
            + " WHERE event_id = ?",
        broken);
    connection.commit();
  }

  /** Whether the outbox has the row. */
  boolean has(UUID eventId) {
    return session.fetchExists(session.selectFrom("outbox_event").where("event_id = ?", eventId));
  }

  /** Versions {@code from} to {@code to} of each of the aggregates, a transaction for each row. */
  Events commitAll(List<String> ids, int from, int to) throws SQLException {
    for (int version = from; version <= to; version++) {
      for (String id : ids) {
        append(id, version).commit();
      }
    }
    return this;
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
